namespace Oxcaching.Writes;

/// <summary>How the memory's side of the journal took a record in.</summary>
/// <param name="Outcome">What becomes of it if it is written.</param>
/// <param name="Dropped">How many values and deletes there was no room for.</param>
/// <param name="Written">Completes with whether the file has it.</param>
internal readonly record struct JournalAdmission(JournalOutcome Outcome, int Dropped, Task<bool> Written);
