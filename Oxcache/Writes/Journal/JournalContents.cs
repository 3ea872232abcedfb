namespace Oxcaching.Writes;

/// <summary>What is in a file.</summary>
/// <param name="Records">The newest of each key that needs a replay, in order.</param>
/// <param name="Problem">Why the file is to be set aside; null when it is well, but for a torn tail perhaps.</param>
/// <param name="TornBytes">The length of the tail that a crash cut short.</param>
internal sealed record JournalContents(IReadOnlyList<JournalRecord> Records, string? Problem, long TornBytes);
