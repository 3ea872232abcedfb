using Oxcaching.Configuration;

namespace Oxcaching;

/// <summary>The cache of a service in Redis, <c>[services.NAME.l2]</c> in the file.</summary>
public sealed class L2Options
{
    /// <summary>How Redis is deployed. Default: Standalone.</summary>
    public RedisMode Mode { get; set; }

    /// <summary>
    /// Which Redis: <c>redis://user:password@host:port/db</c>, <c>rediss://…</c> for TLS, or StackExchange.Redis's own form
    /// <c>host:port,password=…,ssl=true</c>. With Sentinel and Cluster it gives credentials, TLS and database, and the nodes give
    /// the places. Default: "redis://localhost:6379".
    /// </summary>
    public string ConnectionString { get; set; } = "redis://localhost:6379";

    /// <summary>The password, so that it need not stand in the connection string. Default: null, none; empty is none as well.</summary>
    public string? Password { get; set; }

    /// <summary>Whether the connection is encrypted, whatever the connection string says. Default: false.</summary>
    public bool EnableTls { get; set; }

    /// <summary>How long connecting may take. 100 … 30,000 milliseconds. Default: 5000 milliseconds.</summary>
    public TimeSpan ConnectionTimeout { get; set; } = TimeSpan.FromMilliseconds(5000);

    /// <summary>How long a command may take. 10 … 60,000 milliseconds. Default: 1000 milliseconds.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromMilliseconds(1000);

    /// <summary>The largest serialized value that is sent, in bytes. 1 … 536,870,912 (512 MiB). Default: 10,485,760 (10 MiB).</summary>
    public int MaxValueSize { get; set; } = 10 * 1024 * 1024;

    /// <summary>What the application brings of the Redis client; null: nothing.</summary>
    internal ClientSource? Client { get; set; }

    /// <summary>Used by <see cref="RedisMode.Sentinel"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public SentinelOptions Sentinel
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();

    /// <summary>Used by <see cref="RedisMode.Cluster"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public ClusterOptions Cluster
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();
}
