namespace Oxcaching.Tests.History.Running;

/// <summary>What the calls of a round are.</summary>
/// <param name="WriteShare">The part of them that write, in percent; of keys that are rarely written a small part of that.</param>
/// <param name="Clears">Whether some clear: that drops what was to get old unnoticed.</param>
internal readonly record struct WorkMix(int WriteShare, bool Clears);
