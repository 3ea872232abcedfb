using static Oxcaching.Configuration.Schema.Setting;

namespace Oxcaching.Configuration.Schema;

/// <summary>
/// Every key there is, a row each. Reading, validation, suggestions for unknown keys and the warnings about keys without effect
/// are all driven by these rows.
/// </summary>
internal static class OptionsSchema
{
    private const long LongestLife = 30 * 24 * 3600;

    private static readonly BooleanKind Boolean = new();
    private static readonly TextKind Text = new();
    private static readonly TextKind NotEmpty = new(TextKind.NotEmpty);
    private static readonly DurationKind Life = DurationKind.Seconds(1, LongestLife);
    private static readonly DurationKind UpToAnHour = DurationKind.Seconds(1, 3600);

    private static readonly ChoiceKind<SerializationFormat> Serialization = new ChoiceKind<SerializationFormat>(
        (SerializationFormat.Json, ["json"]), (SerializationFormat.MessagePack, ["messagepack"])).NotBuilt(SerializationFormat.MessagePack);

    private static readonly Section L1 = new("l1", new L1Options(),
    [
        Of("max_capacity", new IntegerKind(1, 10_000_000, " entries"), (L1Options o) => o.MaxCapacity, (o, v) => o.MaxCapacity = v),
        Of("ttl", Life, (L1Options o) => o.Ttl, (o, v) => o.Ttl = v),
        Of("tti", Life, (L1Options o) => o.Tti, (o, v) => o.Tti = v),
        Of("initial_capacity", new IntegerKind(0, 10_000_000, " entries"),
            (L1Options o) => o.InitialCapacity, (o, v) => o.InitialCapacity = v,
            "the \"lru\" engine grows as it fills", o => o.Eviction == EvictionPolicy.Lru),
        Of("eviction",
            new ChoiceKind<EvictionPolicy>((EvictionPolicy.TinyLfu, ["tinylfu"]), (EvictionPolicy.Lru, ["lru"])),
            (L1Options o) => o.Eviction, (o, v) => o.Eviction = v),
    ]);

    private static readonly Section Sentinel = new("sentinel", new SentinelOptions(),
    [
        Of("master_name", NotEmpty, (SentinelOptions o) => o.MasterName, (o, v) => o.MasterName = v),
        Of("nodes", new TextListKind(RedisEndPoint.Check), (SentinelOptions o) => o.Nodes, (o, v) => o.Nodes = v),
        Of("user", Text, (SentinelOptions o) => o.User, (o, v) => o.User = v),
        Of("password", Text, (SentinelOptions o) => o.Password, (o, v) => o.Password = v),
    ]);

    private static readonly Section Cluster = new("cluster", new ClusterOptions(),
    [
        Of("nodes", new TextListKind(RedisEndPoint.Check), (ClusterOptions o) => o.Nodes, (o, v) => o.Nodes = v),
    ]);

    /// <summary><c>[services.NAME.l2]</c>.</summary>
    public static Section L2 { get; } = new("l2", new L2Options(),
    [
        Of("mode",
            new ChoiceKind<RedisMode>(
                (RedisMode.Standalone, ["standalone"]), (RedisMode.Sentinel, ["sentinel"]), (RedisMode.Cluster, ["cluster"])),
            (L2Options o) => o.Mode, (o, v) => o.Mode = v),
        Of("connection_string", Text, (L2Options o) => o.ConnectionString, (o, v) => o.ConnectionString = v),
        Of("password", Text, (L2Options o) => o.Password, (o, v) => o.Password = v),
        Of("enable_tls", Boolean, (L2Options o) => o.EnableTls, (o, v) => o.EnableTls = v),
        Of("connection_timeout_ms", DurationKind.Milliseconds(100, 30_000),
            (L2Options o) => o.ConnectionTimeout, (o, v) => o.ConnectionTimeout = v),
        Of("command_timeout_ms", DurationKind.Milliseconds(10, 60_000), (L2Options o) => o.CommandTimeout, (o, v) => o.CommandTimeout = v),
        Of("max_value_size", new IntegerKind(1, 512 * 1024 * 1024, " bytes"),
            (L2Options o) => o.MaxValueSize, (o, v) => o.MaxValueSize = v),
    ],
    (Sentinel, o => ((L2Options)o).Sentinel),
    (Cluster, o => ((L2Options)o).Cluster));

    private static readonly Section TwoLevel = new("two_level", new TwoLevelOptions(),
    [
        Of("write_through", Boolean, (TwoLevelOptions o) => o.WriteThrough, (o, v) => o.WriteThrough = v),
        Of("promote_on_hit", Boolean, (TwoLevelOptions o) => o.PromoteOnHit, (o, v) => o.PromoteOnHit = v),
        Of("enable_batch_write", Boolean, (TwoLevelOptions o) => o.EnableBatchWrite, (o, v) => o.EnableBatchWrite = v),
        Of("batch_size", new IntegerKind(1, 10_000), (TwoLevelOptions o) => o.BatchSize, (o, v) => o.BatchSize = v),
        Of("batch_interval_ms", DurationKind.Milliseconds(1, 60_000),
            (TwoLevelOptions o) => o.BatchInterval, (o, v) => o.BatchInterval = v),
        Of("invalidation_channel", NotEmpty, (TwoLevelOptions o) => o.InvalidationChannel, (o, v) => o.InvalidationChannel = v),
    ]);

    /// <summary><c>[services.NAME]</c>.</summary>
    public static Section Service { get; } = new("services", new ServiceOptions(),
    [
        Of("cache_type",
            new ChoiceKind<CacheType>((CacheType.L1, ["l1"]), (CacheType.L2, ["l2"]), (CacheType.TwoLevel, ["two-level", "twolevel"])),
            (ServiceOptions o) => o.CacheType, (o, v) => o.CacheType = v),
        Of("ttl", Life, (ServiceOptions o) => o.Ttl, (o, v) => o.Ttl = v),
        Of("serialization", Serialization, (ServiceOptions o) => o.Serialization, (o, v) => o.Serialization = v),
        Of("cache_null", Boolean, (ServiceOptions o) => o.CacheNull, (o, v) => o.CacheNull = v),
        Of("flight_timeout", UpToAnHour, (ServiceOptions o) => o.FlightTimeout, (o, v) => o.FlightTimeout = v),
        Of("coherence_max_age", UpToAnHour, (ServiceOptions o) => o.CoherenceMaxAge, (o, v) => o.CoherenceMaxAge = v),
        Of("distributed_single_flight", Boolean, (ServiceOptions o) => o.DistributedSingleFlight, (o, v) => o.DistributedSingleFlight = v),
        Of("wal", Boolean, (ServiceOptions o) => o.Wal, (o, v) => o.Wal = v),
    ],
    (L1, o => ((ServiceOptions)o).L1),
    (L2, o => ((ServiceOptions)o).L2),
    (TwoLevel, o => ((ServiceOptions)o).TwoLevel));

    /// <summary><c>[global]</c>.</summary>
    public static Section Global { get; } = new("global", new OxcacheOptions(),
    [
        Of("default_ttl", Life, (OxcacheOptions o) => o.DefaultTtl, (o, v) => o.DefaultTtl = v),
        Of("health_check_interval", UpToAnHour, (OxcacheOptions o) => o.HealthCheckInterval, (o, v) => o.HealthCheckInterval = v),
        Of("serialization", Serialization, (OxcacheOptions o) => o.Serialization, (o, v) => o.Serialization = v),
        Of("enable_metrics", Boolean, (OxcacheOptions o) => o.EnableMetrics, (o, v) => o.EnableMetrics = v),
        Of("key_prefix", new TextKind(NameRules.CheckKeyPrefix), (OxcacheOptions o) => o.KeyPrefix, (o, v) => o.KeyPrefix = v),
        Of("wal_dir", NotEmpty, (OxcacheOptions o) => o.WalDir, (o, v) => o.WalDir = v),
        Of("wal_sync", new ChoiceKind<WalSync>((WalSync.Always, ["always"]), (WalSync.Interval, ["interval"])),
            (OxcacheOptions o) => o.WalSync, (o, v) => o.WalSync = v),
        Of("wal_max_bytes", new IntegerKind(1, long.MaxValue, " bytes", isLong: true),
            (OxcacheOptions o) => o.WalMaxBytes, (o, v) => o.WalMaxBytes = v),
    ]);
}
