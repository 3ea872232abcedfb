namespace Oxcaching.Writes;

/// <summary>What a record of the journal says. The numbers are on disk.</summary>
internal enum JournalRecordKind : byte
{
    Set = 1,

    Delete = 2,

    /// <summary>Of the whole service: it supersedes every record before it.</summary>
    Clear = 3,

    /// <summary>The record with the same key and id needs no replay.</summary>
    Done = 4,
}
