namespace Oxcaching.Remote;

/// <summary>What has been replaced in a <see cref="RedisConnection"/>.</summary>
internal enum ReplacementReason
{
    /// <summary>The client's connections are new, the first ones included: subscriptions have to be made again.</summary>
    Connection,

    /// <summary>A primary is another server than before, after a failover: what the old one acknowledged last may be lost. The connections may be new, too.</summary>
    Primary,
}
