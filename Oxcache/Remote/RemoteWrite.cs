using Oxcaching.Timing;

namespace Oxcaching.Remote;

/// <summary>A set or a delete as it is sent.</summary>
internal readonly record struct RemoteWrite
{
    public required RemoteKey Key { get; init; }

    /// <summary>The value; null: a delete.</summary>
    public byte[]? Envelope { get; init; }

    /// <summary>What tells it from every other write: a second attempt has the same.</summary>
    public required ulong Nonce { get; init; }

    /// <summary>When it was called; says nothing beside a <see cref="Stamp"/>.</summary>
    public CallMoment Call { get; init; }

    /// <summary>How long the value lives from the call on; says nothing beside a <see cref="Stamp"/>.</summary>
    public TimeSpan Ttl { get; init; }

    /// <summary>When it was called by Redis's clock, in microseconds; 0: its <see cref="Call"/> tells.</summary>
    public long Stamp { get; init; }

    /// <summary>The most that the stamp can be wrong, in microseconds.</summary>
    public long StampError { get; init; }

    /// <summary>When the value expires by Redis's clock, in microseconds, where there is a <see cref="Stamp"/>.</summary>
    public long Expiry { get; init; }
}
