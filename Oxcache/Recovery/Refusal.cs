using Oxcaching.Diagnostics;
using Oxcaching.Remote.Topology;

namespace Oxcaching.Recovery;

/// <summary>What one primary does not do.</summary>
/// <param name="Primary">Which one.</param>
/// <param name="Limit">How much of what is needed.</param>
/// <param name="Sentence">The same for people.</param>
internal sealed record Refusal(Primary Primary, RemoteLimit Limit, string Sentence);
