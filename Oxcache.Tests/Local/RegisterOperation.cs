namespace Oxcaching.Tests.Local;

/// <summary>One operation on one key as a thread saw it, with the order of its begin and end among all.</summary>
/// <param name="Kind">Find, Set or Remove.</param>
/// <param name="Value">What was set or found; 0: nothing.</param>
/// <param name="Removed">What Remove answered.</param>
/// <param name="Begin">When it was called.</param>
/// <param name="End">When it returned.</param>
internal sealed record RegisterOperation(CacheOperationKind Kind, int Value, bool Removed, long Begin, long End);
