namespace Oxcaching.Tests.Local;

/// <summary>A step of a generated test.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Key">The number of the key, where there is one.</param>
/// <param name="Ticks">How long, where that matters.</param>
internal sealed record CacheOperation(CacheOperationKind Kind, int Key, int Ticks);
