namespace Oxcaching;

/// <summary>The cache of a service in this process, <c>[services.NAME.l1]</c> in the file.</summary>
public sealed class L1Options
{
    /// <summary>How many entries it holds. 1 … 10,000,000. Default: 10,000.</summary>
    public int MaxCapacity { get; set; } = 10_000;

    /// <summary>How long an entry lives in L1. 1 second … the service's ttl. Default: null, the service's ttl.</summary>
    public TimeSpan? Ttl { get; set; }

    /// <summary>How long an entry lives unread. 1 … 2,592,000 seconds (30 days). Default: null, no limit.</summary>
    public TimeSpan? Tti { get; set; }

    /// <summary>For how many entries room is made at once; no effect with <see cref="EvictionPolicy.Lru"/>. 0 … <see cref="MaxCapacity"/>. Default: 0.</summary>
    public int InitialCapacity { get; set; }

    /// <summary>Which entry goes when it is full. Default: <see cref="EvictionPolicy.TinyLfu"/>.</summary>
    public EvictionPolicy Eviction { get; set; } = EvictionPolicy.TinyLfu;
}
