namespace Oxcaching;

/// <summary>How L1 and L2 of a service work together, <c>[services.NAME.two_level]</c> in the file.</summary>
public sealed class TwoLevelOptions
{
    /// <summary>
    /// Whether a set by hand returns when Redis acknowledged it (true) or when it is queued (false; no effect yet, it still waits).
    /// Default: true.
    /// </summary>
    public bool WriteThrough { get; set; } = true;

    /// <summary>Whether an L2 hit is copied into L1. Default: true.</summary>
    public bool PromoteOnHit { get; set; } = true;

    /// <summary>Whether writes to Redis are collected into batches; no effect yet. Default: false.</summary>
    public bool EnableBatchWrite { get; set; }

    /// <summary>How many writes a batch has at most; no effect yet. 1 … 10,000. Default: 100.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How long a write waits for its batch to fill; no effect yet. 1 … 60,000 milliseconds. Default: 50 milliseconds.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The pub/sub channel of invalidations; no effect yet. Not empty. Default: null, <c>{key_prefix}:invalidate:{db}:{service}</c>.
    /// </summary>
    public string? InvalidationChannel { get; set; }
}
