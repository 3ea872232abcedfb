namespace Oxcaching;

/// <summary>How the Redis of a service is deployed.</summary>
public enum RedisMode
{
    /// <summary>One Redis, named by its connection string.</summary>
    Standalone = 0,

    /// <summary>A primary with replicas, one of which takes its place when it fails. The sentinels say which one is the primary.</summary>
    Sentinel = 1,

    /// <summary>Redis Cluster: several primaries, each with a part of the keys.</summary>
    Cluster = 2,
}
