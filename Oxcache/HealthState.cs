namespace Oxcaching;

/// <summary>How the cache and its Redis get on, from well to not at all.</summary>
public enum HealthState
{
    /// <summary>Redis answers, what had to wait for it has arrived there, and the instances hear of each other's changes.</summary>
    Healthy,

    /// <summary>
    /// On the way there: Redis is being connected to for the first time, or answers again and is being sent what had to wait, or
    /// has not yet proven that changes of other instances arrive. Calls go to it; a key with a pending write is read from that.
    /// </summary>
    Recovering,

    /// <summary>Redis, or a primary of a cluster, does not answer. No call waits for it.</summary>
    Degraded,
}
