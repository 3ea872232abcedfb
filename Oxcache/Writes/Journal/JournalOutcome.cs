namespace Oxcaching.Writes;

/// <summary>What became of a record given to the journal.</summary>
internal enum JournalOutcome
{
    /// <summary>It is in the file, as durable as the sync policy says.</summary>
    Kept,

    /// <summary>The same, but there was no room for its value: after a restart the key is deleted instead of set.</summary>
    KeptAsDelete,

    /// <summary>The file cannot be written now. A crash loses the record, unless the journal can write it later.</summary>
    InMemory,

    /// <summary>There is no room even for a delete. A crash loses the record.</summary>
    Refused,
}
