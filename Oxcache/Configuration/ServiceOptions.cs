namespace Oxcaching;

/// <summary>One service: a cache with a name, <c>[services.NAME]</c> in the file.</summary>
public sealed class ServiceOptions
{
    /// <summary>The levels it has: L1, L2 or TwoLevel; not Inherit. Default: TwoLevel.</summary>
    public CacheType CacheType { get; set; } = CacheType.TwoLevel;

    /// <summary>How long an entry lives. 1 … 2,592,000 seconds (30 days). Default: null, <see cref="OxcacheOptions.DefaultTtl"/>.</summary>
    public TimeSpan? Ttl { get; set; }

    /// <summary>How values are written into L2. Default: null, <see cref="OxcacheOptions.Serialization"/>.</summary>
    public SerializationFormat? Serialization { get; set; }

    /// <summary>Whether a null result is stored. Default: true.</summary>
    public bool CacheNull { get; set; } = true;

    /// <summary>
    /// How long concurrent misses of a key wait for one run of the body before the key is free for another. 1 … 3600 seconds. Default:
    /// 30 seconds.
    /// </summary>
    public TimeSpan FlightTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long L1 serves an entry while no invalidation can arrive. 1 … 3600 seconds. Default: 30 seconds.</summary>
    public TimeSpan CoherenceMaxAge { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a miss runs the body once among all instances, not once in each. Default: false.</summary>
    public bool DistributedSingleFlight { get; set; }

    /// <summary>Whether writes are logged on disk while Redis is away. Default: true.</summary>
    public bool Wal { get; set; } = true;

    /// <summary>The cache in this process.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public L1Options L1
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();

    /// <summary>The cache in Redis.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public L2Options L2
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();

    /// <summary>How the two work together.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TwoLevelOptions TwoLevel
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = new();
}
