namespace Oxcaching.Local;

/// <summary>Why an entry left L1.</summary>
internal enum RemovalReason
{
    /// <summary>Others were worth more.</summary>
    Capacity,

    Expired,

    Removed,

    /// <summary>Another was stored under its key.</summary>
    Replaced,

    /// <summary>The cache was cleared or disposed.</summary>
    Cleared,
}
