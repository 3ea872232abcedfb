namespace Oxcaching.Configuration;

/// <summary>The L1 of one service, as validated.</summary>
internal sealed record LocalSettings
{
    public required int MaxCapacity { get; init; }

    public required int InitialCapacity { get; init; }

    public required TimeSpan Ttl { get; init; }

    /// <summary>How long an entry lives unread; null: no limit.</summary>
    public required TimeSpan? Tti { get; init; }

    public required EvictionPolicy Eviction { get; init; }
}
