using System.Text.Json;
using Microsoft.Extensions.Logging;
using Oxcaching.Configuration;

namespace Oxcaching;

/// <summary>
/// The whole configuration: what <c>config.toml</c> says, or what code builds instead of it. Both go through the same validation
/// when the cache is initialised; changes made after that have no effect.
/// </summary>
/// <example>
/// <code>
/// var options = new OxcacheOptions
/// {
///     DefaultTtl = TimeSpan.FromMinutes(10),
///     Services =
///     {
///         ["user_cache"] = new ServiceOptions { L2 = { ConnectionString = "redis://cache:6379" } },
///         ["session_cache"] = new ServiceOptions { CacheType = CacheType.L1, Ttl = TimeSpan.FromMinutes(1) },
///     },
/// };
/// Oxcache.Init(options);
/// </code>
/// </example>
public sealed class OxcacheOptions
{
    /// <summary>
    /// How long an entry lives where neither the service nor the call says otherwise. 1 … 2,592,000 seconds (30 days). Default: 300
    /// seconds.
    /// </summary>
    public TimeSpan DefaultTtl { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>The longest that a Redis which does not answer goes without being probed. 1 … 3600 seconds. Default: 30 seconds.</summary>
    public TimeSpan HealthCheckInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How values are written into L2, for services that do not say otherwise. Default: JSON, the only one built so far.</summary>
    public SerializationFormat Serialization { get; set; }

    /// <summary>Whether events are counted on the meter "Oxcache". Default: true.</summary>
    public bool EnableMetrics { get; set; } = true;

    /// <summary>
    /// What every key in Redis begins with: <c>{key_prefix}:{service}:{key}</c>. 1 … 64 characters without ':', white space and
    /// control characters. Default: "oxcache".
    /// </summary>
    public string KeyPrefix { get; set; } = "oxcache";

    /// <summary>Where the write-ahead log is kept. Default: null, a folder of the user's state.</summary>
    public string? WalDir { get; set; }

    /// <summary>When the write-ahead log is flushed to the disk. Default: every 100 ms.</summary>
    public WalSync WalSync { get; set; }

    /// <summary>How large the write-ahead log may grow, in bytes, at least 1. Default: 67,108,864 (64 MiB).</summary>
    public long WalMaxBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// The services by their names, which are case-sensitive: 1 … 64 of the characters A-Z, a-z, 0-9, '_', '.', '-'. At least one.
    /// </summary>
    public IDictionary<string, ServiceOptions> Services { get; } = new Dictionary<string, ServiceOptions>(StringComparer.Ordinal);

    /// <summary>Where the cache logs. Only in code. Default: null, where <see cref="Oxcache.LoggerFactory"/> says.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// How System.Text.Json writes and reads values: converters, naming, source-generated contexts. Only in code. Default: null, its
    /// own defaults.
    /// </summary>
    public JsonSerializerOptions? JsonSerializerOptions { get; set; }

    /// <summary>Where all time comes from. Only in code, for tests. Default: <see cref="TimeProvider.System"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = TimeProvider.System;

    /// <summary>Rules of the protocol that a test switches off.</summary>
    internal ProtocolRules Rules { get; set; } = ProtocolRules.All;

    /// <summary>Where in a file the values came from; null when built in code.</summary>
    internal SourceMap? Source { get; init; }

    /// <summary>Reads and validates a file, without initialising the cache, so that code can add to what it says.</summary>
    /// <param name="path">Relative to the working directory, else to the application's directory; or absolute.</param>
    /// <returns>Options with what the file says, and defaults for what it does not.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null or empty.</exception>
    /// <exception cref="OxcacheConfigurationException">The file is missing or something in it is wrong; all errors are in it.</exception>
    public static OxcacheOptions Load(string path) => ConfigurationFile.LoadOptions(path);
}
