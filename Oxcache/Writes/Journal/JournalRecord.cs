namespace Oxcaching.Writes;

/// <summary>A write that Redis has not acknowledged yet, with all that its replay needs. Immutable.</summary>
internal sealed class JournalRecord
{
    public required JournalRecordKind Kind { get; init; }

    /// <summary>Empty for a clear.</summary>
    public required string Key { get; init; }

    /// <summary>Stays with the record through restarts; no other write of the fleet has it.</summary>
    public required ulong Id { get; init; }

    /// <summary>When the call began: microseconds of Redis's clock, as estimated; 0 when it was not known.</summary>
    public required long Stamp { get; init; }

    /// <summary>The most that the stamp can be wrong, in microseconds.</summary>
    public long StampError { get; init; }

    /// <summary>When the value of a set expires, in microseconds of Redis's clock; otherwise 0.</summary>
    public long Expiry { get; init; }

    /// <summary>The envelope of a set; otherwise empty. Kept as it is: nobody may change the bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What it takes in the file, in bytes.</summary>
    public long Size => JournalFormat.SizeOf(this);

    /// <summary>What is left of a set when there is no room for its value: that the older value is not to be read any more.</summary>
    public JournalRecord AsDelete() => As(JournalRecordKind.Delete);

    /// <summary>The mark that this record needs no replay.</summary>
    public JournalRecord AsDone() => As(JournalRecordKind.Done);

    private JournalRecord As(JournalRecordKind kind) => new() { Kind = kind, Key = Key, Id = Id, Stamp = Stamp, StampError = StampError };
}
