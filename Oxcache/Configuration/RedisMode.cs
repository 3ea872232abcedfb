namespace Oxcaching;

/// <summary>How the Redis of a service is deployed.</summary>
public enum RedisMode
{
    /// <summary>One Redis, named by its connection string.</summary>
    Standalone = 0,

    /// <summary>A primary that Redis Sentinel names. Not built yet: an error at Init.</summary>
    Sentinel = 1,

    /// <summary>Redis Cluster. Not built yet: an error at Init.</summary>
    Cluster = 2,
}
