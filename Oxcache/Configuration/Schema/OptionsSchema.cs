using static Oxcaching.Configuration.Schema.Setting;

namespace Oxcaching.Configuration.Schema;

/// <summary>
/// Every key there is, a row each. Reading, validation, suggestions for unknown keys and the warnings about keys without effect
/// are all driven by these rows.
/// </summary>
internal static class OptionsSchema
{
    private const long LongestLife = 30 * 24 * 3600;
    private const string NotBatched = "writes are not batched, each is sent by itself";
    private const string NotJournaled = "there is no write-ahead log";

    private static readonly BooleanKind Boolean = new();
    private static readonly TextKind Text = new();
    private static readonly TextKind NotEmpty = new(TextKind.NotEmpty);
    private static readonly DurationKind Life = DurationKind.Seconds(1, LongestLife);
    private static readonly DurationKind UpToAnHour = DurationKind.Seconds(1, 3600);

    private static readonly ChoiceKind<SerializationFormat> Serialization = new ChoiceKind<SerializationFormat>(
        (SerializationFormat.Json, ["json"]), (SerializationFormat.MessagePack, ["messagepack"])).NotBuilt(SerializationFormat.MessagePack);

    private static readonly Section L1 = new("l1", new L1Options(),
    [
        Of<L1Options, int>("max_capacity", new IntegerKind(1, 10_000_000, " entries"), o => o.MaxCapacity, (o, v) => o.MaxCapacity = v),
        Of<L1Options, TimeSpan?>("ttl", Life, o => o.Ttl, (o, v) => o.Ttl = v),
        Of<L1Options, TimeSpan?>("tti", Life, o => o.Tti, (o, v) => o.Tti = v),
        Of<L1Options, int>("initial_capacity", new IntegerKind(0, 10_000_000, " entries"), o => o.InitialCapacity, (o, v) => o.InitialCapacity = v,
            "the \"lru\" engine grows as it fills"),
        Of<L1Options, EvictionPolicy>("eviction",
            new ChoiceKind<EvictionPolicy>((EvictionPolicy.Lru, ["lru"]), (EvictionPolicy.TinyLfu, ["tinylfu"])).NotBuilt(EvictionPolicy.TinyLfu),
            o => o.Eviction, (o, v) => o.Eviction = v),
    ]);

    private static readonly Section Sentinel = new("sentinel", new SentinelOptions(),
    [
        Of<SentinelOptions, string?>("master_name", NotEmpty, o => o.MasterName, (o, v) => o.MasterName = v),
        Of<SentinelOptions, IList<string>>("nodes", new TextListKind(RedisEndPoint.Check), o => o.Nodes, (o, v) => o.Nodes = v),
    ]);

    private static readonly Section Cluster = new("cluster", new ClusterOptions(),
    [
        Of<ClusterOptions, IList<string>>("nodes", new TextListKind(RedisEndPoint.Check), o => o.Nodes, (o, v) => o.Nodes = v),
    ]);

    /// <summary><c>[services.NAME.l2]</c>.</summary>
    public static Section L2 { get; } = new("l2", new L2Options(),
    [
        Of<L2Options, RedisMode>("mode",
            new ChoiceKind<RedisMode>((RedisMode.Standalone, ["standalone"]), (RedisMode.Sentinel, ["sentinel"]), (RedisMode.Cluster, ["cluster"]))
                .NotBuilt(RedisMode.Sentinel, RedisMode.Cluster),
            o => o.Mode, (o, v) => o.Mode = v),
        Of<L2Options, string>("connection_string", Text, o => o.ConnectionString, (o, v) => o.ConnectionString = v),
        Of<L2Options, string?>("password", Text, o => o.Password, (o, v) => o.Password = v),
        Of<L2Options, bool>("enable_tls", Boolean, o => o.EnableTls, (o, v) => o.EnableTls = v),
        Of<L2Options, TimeSpan>("connection_timeout_ms", DurationKind.Milliseconds(100, 30_000), o => o.ConnectionTimeout, (o, v) => o.ConnectionTimeout = v),
        Of<L2Options, TimeSpan>("command_timeout_ms", DurationKind.Milliseconds(10, 60_000), o => o.CommandTimeout, (o, v) => o.CommandTimeout = v),
        Of<L2Options, int>("max_value_size", new IntegerKind(1, 512 * 1024 * 1024, " bytes"), o => o.MaxValueSize, (o, v) => o.MaxValueSize = v),
    ],
    (Sentinel, o => ((L2Options)o).Sentinel),
    (Cluster, o => ((L2Options)o).Cluster));

    private static readonly Section TwoLevel = new("two_level", new TwoLevelOptions(),
    [
        Of<TwoLevelOptions, bool>("write_through", Boolean, o => o.WriteThrough, (o, v) => o.WriteThrough = v,
            "SetAsync still waits for the acknowledgement of Redis", through => !through),
        Of<TwoLevelOptions, bool>("promote_on_hit", Boolean, o => o.PromoteOnHit, (o, v) => o.PromoteOnHit = v),
        Of<TwoLevelOptions, bool>("enable_batch_write", Boolean, o => o.EnableBatchWrite, (o, v) => o.EnableBatchWrite = v, NotBatched),
        Of<TwoLevelOptions, int>("batch_size", new IntegerKind(1, 10_000), o => o.BatchSize, (o, v) => o.BatchSize = v, NotBatched),
        Of<TwoLevelOptions, TimeSpan>("batch_interval_ms", DurationKind.Milliseconds(1, 60_000), o => o.BatchInterval, (o, v) => o.BatchInterval = v, NotBatched),
        Of<TwoLevelOptions, string?>("invalidation_channel", NotEmpty, o => o.InvalidationChannel, (o, v) => o.InvalidationChannel = v,
            "instances do not send each other invalidations"),
    ]);

    /// <summary><c>[services.NAME]</c>.</summary>
    public static Section Service { get; } = new("services", new ServiceOptions(),
    [
        Of<ServiceOptions, CacheType>("cache_type",
            new ChoiceKind<CacheType>((CacheType.L1, ["l1"]), (CacheType.L2, ["l2"]), (CacheType.TwoLevel, ["two-level", "twolevel"])),
            o => o.CacheType, (o, v) => o.CacheType = v),
        Of<ServiceOptions, TimeSpan?>("ttl", Life, o => o.Ttl, (o, v) => o.Ttl = v),
        Of<ServiceOptions, SerializationFormat?>("serialization", Serialization, o => o.Serialization, (o, v) => o.Serialization = v),
        Of<ServiceOptions, bool>("cache_null", Boolean, o => o.CacheNull, (o, v) => o.CacheNull = v),
        Of<ServiceOptions, TimeSpan>("flight_timeout", UpToAnHour, o => o.FlightTimeout, (o, v) => o.FlightTimeout = v),
        Of<ServiceOptions, TimeSpan>("coherence_max_age", UpToAnHour, o => o.CoherenceMaxAge, (o, v) => o.CoherenceMaxAge = v,
            "instances do not send each other invalidations"),
        Of<ServiceOptions, bool>("distributed_single_flight", Boolean, o => o.DistributedSingleFlight, (o, v) => o.DistributedSingleFlight = v,
            "each instance runs the body once for itself"),
        Of<ServiceOptions, bool>("wal", Boolean, o => o.Wal, (o, v) => o.Wal = v, NotJournaled),
    ],
    (L1, o => ((ServiceOptions)o).L1),
    (L2, o => ((ServiceOptions)o).L2),
    (TwoLevel, o => ((ServiceOptions)o).TwoLevel));

    /// <summary><c>[global]</c>.</summary>
    public static Section Global { get; } = new("global", new OxcacheOptions(),
    [
        Of<OxcacheOptions, TimeSpan>("default_ttl", Life, o => o.DefaultTtl, (o, v) => o.DefaultTtl = v),
        Of<OxcacheOptions, TimeSpan>("health_check_interval", UpToAnHour, o => o.HealthCheckInterval, (o, v) => o.HealthCheckInterval = v),
        Of<OxcacheOptions, SerializationFormat>("serialization", Serialization, o => o.Serialization, (o, v) => o.Serialization = v),
        Of<OxcacheOptions, bool>("enable_metrics", Boolean, o => o.EnableMetrics, (o, v) => o.EnableMetrics = v),
        Of<OxcacheOptions, string>("key_prefix", new TextKind(NameRules.CheckKeyPrefix), o => o.KeyPrefix, (o, v) => o.KeyPrefix = v),
        Of<OxcacheOptions, string?>("wal_dir", NotEmpty, o => o.WalDir, (o, v) => o.WalDir = v, NotJournaled),
        Of<OxcacheOptions, WalSync>("wal_sync", new ChoiceKind<WalSync>((WalSync.Always, ["always"]), (WalSync.Interval, ["interval"])),
            o => o.WalSync, (o, v) => o.WalSync = v, NotJournaled),
        Of<OxcacheOptions, long>("wal_max_bytes", new IntegerKind(1, long.MaxValue, " bytes", isLong: true), o => o.WalMaxBytes, (o, v) => o.WalMaxBytes = v, NotJournaled),
    ]);
}
