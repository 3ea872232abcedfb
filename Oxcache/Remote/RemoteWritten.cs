namespace Oxcaching.Remote;

/// <summary>What came of a set or a delete.</summary>
/// <param name="Outcome">Stored, Deleted, NothingThere, Obsolete or Full.</param>
/// <param name="Head">What stands there now.</param>
internal readonly record struct RemoteWritten(ScriptOutcome Outcome, Head Head);
