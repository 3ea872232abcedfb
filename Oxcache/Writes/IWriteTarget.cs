using Oxcaching.Remote;

namespace Oxcaching.Writes;

/// <summary>Where pending writes go, and who learns what came of them. Thread-safe.</summary>
internal interface IWriteTarget
{
    /// <summary>Whether it is known that nothing arrives.</summary>
    bool IsCutOff { get; }

    /// <summary>Sends writes of different keys; completes with what came of each, as far as that is known. Throws nothing.</summary>
    Task<RemoteWritten?[]?> SendAsync(IReadOnlyList<PendingWrite> writes);

    /// <summary>Clears the service; completes with whether Redis has acknowledged it. Throws nothing.</summary>
    Task<bool> ClearAsync(PendingClear clear);

    /// <summary>What the log is to know of a change.</summary>
    JournalRecord RecordOf(PendingChange change);

    /// <summary>Redis has acknowledged a write.</summary>
    void Arrived(PendingWrite write, RemoteWritten written);

    /// <summary>Redis has not answered. The write may have happened, and will be sent again.</summary>
    void Unanswered(PendingWrite write);
}
