namespace Oxcaching.Remote;

/// <summary>What a GET found.</summary>
/// <param name="Hit">Whether there was a live, readable value.</param>
/// <param name="Value">The value of a hit.</param>
/// <param name="Remaining">How long the value of a hit still lives.</param>
/// <param name="Head">The head of what stands there; null where nothing of ours does.</param>
internal readonly record struct RemoteRead<T>(bool Hit, T? Value, TimeSpan Remaining, Head? Head);
