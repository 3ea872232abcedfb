namespace Oxcaching;

/// <summary>How L1 and L2 of a service work together, <c>[services.NAME.two_level]</c> in the file.</summary>
public sealed class TwoLevelOptions
{
    /// <summary>
    /// Whether a set by hand returns when Redis has acknowledged it (true) or when it is queued (false). A delete always waits,
    /// for its result says what Redis had. Default: true.
    /// </summary>
    public bool WriteThrough { get; set; } = true;

    /// <summary>Whether an L2 hit is copied into L1. Default: true.</summary>
    public bool PromoteOnHit { get; set; } = true;

    /// <summary>Whether writes to Redis that come while others are on their way are sent together. Default: false.</summary>
    public bool EnableBatchWrite { get; set; }

    /// <summary>How many writes a batch has at most. 1 … 10,000. Default: 100.</summary>
    public int BatchSize { get; set; } = 100;

    /// <summary>How long a write waits at most for those on their way to arrive, before it is sent beside them. 1 … 60,000 milliseconds. Default: 50 milliseconds.</summary>
    public TimeSpan BatchInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The pub/sub channel by which the instances of the service tell each other of changes. Not empty. Default: null, <c>{key_prefix}:invalidate:{db}:{service}</c>.
    /// </summary>
    public string? InvalidationChannel { get; set; }
}
