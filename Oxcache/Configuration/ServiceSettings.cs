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

    /// <summary>Null when the service has no L1.</summary>
    public required LocalSettings? Local { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required RemoteSettings? Remote { get; init; }

    /// <summary>Null when the service has no L2, or no write-ahead log.</summary>
    public required JournalSettings? Journal { get; init; }
}
