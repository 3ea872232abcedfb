namespace Oxcaching.Configuration;

/// <summary>The rules of the protocol, each of which a test can switch off to see that it is needed. All are on otherwise.</summary>
internal sealed record ProtocolRules
{
    public static readonly ProtocolRules All = new();

    /// <summary>A load takes its base before its body runs, and not only when it stores.</summary>
    public bool BasePrecedesBody { get; init; } = true;

    /// <summary>A load's value leaves L1 again when L2 refused it.</summary>
    public bool RefusedFillsLeave { get; init; } = true;

    /// <summary>A command that runs after its sender gave up changes nothing.</summary>
    public bool LateWritesChangeNothing { get; init; } = true;

    /// <summary>A write overtakes its key's claims when it begins.</summary>
    public bool WritesOvertakeAtStart { get; init; } = true;

    /// <summary>A write overtakes its key's claims when its answer comes.</summary>
    public bool WritesOvertakeAtEnd { get; init; } = true;

    /// <summary>A write that was overtaken leaves nothing in L1.</summary>
    public bool OvertakenWritesLeave { get; init; } = true;

    /// <summary>A message drops what L1 holds of its key, unless it is that very record.</summary>
    public bool MessagesDrop { get; init; } = true;

    /// <summary>A message overtakes its key's claims.</summary>
    public bool MessagesOvertake { get; init; } = true;

    /// <summary>A clear tells the others.</summary>
    public bool ClearsTell { get; init; } = true;

    /// <summary>A clear leaves a mark for the keys that are not there.</summary>
    public bool ClearsLeaveMark { get; init; } = true;

    /// <summary>A gap puts all of L1 in doubt.</summary>
    public bool GapsDoubt { get; init; } = true;

    /// <summary>A gap overtakes every claim.</summary>
    public bool GapsOvertake { get; init; } = true;

    /// <summary>A heartbeat that does not come back in time is a gap.</summary>
    public bool SilenceIsGap { get; init; } = true;

    /// <summary>A broken subscription is a gap.</summary>
    public bool ReconnectIsGap { get; init; } = true;

    /// <summary>A peer's messages that did not arrive are a gap.</summary>
    public bool MissingMessagesAreGap { get; init; } = true;

    /// <summary>A gap ends with an own heartbeat that came back.</summary>
    public bool GapsWaitForEcho { get; init; } = true;

    /// <summary>While the channel is down entries live no longer than coherence_max_age.</summary>
    public bool SilenceCapsAge { get; init; } = true;

    /// <summary>An entry in doubt is an answer again only if the record in L2 is still the one it is a copy of.</summary>
    public bool DoubtComparesHeads { get; init; } = true;

    /// <summary>A set of L2 alone drops what L1 holds.</summary>
    public bool RemoteSetsDropLocal { get; init; } = true;

    /// <summary>After a failover the last writes are asserted again.</summary>
    public bool FailoversReassert { get; init; } = true;

    /// <summary>A key with a pending write is read from it.</summary>
    public bool PendingWritesAnswer { get; init; } = true;

    /// <summary>A write that waited yields to what others wrote since.</summary>
    public bool QueuedWritesYield { get; init; } = true;

    /// <summary>A write that waited counts as called when it was called, and not when it is sent.</summary>
    public bool WritesKeepTheirTime { get; init; } = true;

    /// <summary>Of a write that waited, what is nearer to it than the clocks tell apart is neither earlier nor later.</summary>
    public bool ClocksAreDoubted { get; init; } = true;

    /// <summary>A set that waited for longer than a tombstone lives is not stored where nothing stands.</summary>
    public bool AbsenceIsDoubted { get; init; } = true;

    /// <summary>Where the clocks cannot tell which of two writes was later, there is a tombstone.</summary>
    public bool DoubtLeavesTombstone { get; init; } = true;

    /// <summary>How long a tombstone stands; null: for flight_timeout and 10 s. Shorter for tests that see what comes when it is gone.</summary>
    public TimeSpan? TombstoneLife { get; init; }
}
