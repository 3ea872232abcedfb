namespace Oxcaching.Configuration;

/// <summary>One service as validated, with every default and inherited value filled in.</summary>
internal sealed record ServiceSettings
{
    public required string Name { get; init; }

    /// <summary>L1, L2 or TwoLevel; never Inherit.</summary>
    public required CacheType CacheType { get; init; }

    public required TimeSpan Ttl { get; init; }

    public required bool CacheNull { get; init; }

    public required TimeSpan FlightTimeout { get; init; }

    /// <summary>Whether an L2 hit is copied into L1.</summary>
    public required bool PromoteOnHit { get; init; }

    /// <summary>Whether a set by hand waits for Redis's acknowledgement.</summary>
    public required bool WriteThrough { get; init; }

    /// <summary>How many writes are sent together at most; 1: each by itself.</summary>
    public required int BatchSize { get; init; }

    public required TimeSpan BatchInterval { get; init; }

    /// <summary>What values may take in memory that are to be written when Redis is back, in bytes.</summary>
    public required long MostPendingBytes { get; init; }

    /// <summary>How long L1 serves an entry while invalidations do not arrive.</summary>
    public required TimeSpan CoherenceMaxAge { get; init; }

    /// <summary>Whether instances wait for each other's loads.</summary>
    public required bool DistributedSingleFlight { get; init; }

    /// <summary>All of them, but in tests.</summary>
    public required ProtocolRules Rules { get; init; }

    /// <summary>Null when the service has no L1.</summary>
    public required LocalSettings? Local { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required RemoteSettings? Remote { get; init; }

    /// <summary>Null when the service has no L2, or no write-ahead log.</summary>
    public required JournalSettings? Journal { get; init; }
}
