using Oxcaching.Remote;
using Oxcaching.Remote.Topology;

namespace Oxcaching.Recovery;

/// <summary>What one primary does not do.</summary>
/// <param name="Primary">Which one.</param>
/// <param name="Limit">What it does not do.</param>
/// <param name="Sentence">The same for people.</param>
internal sealed record Refusal(Primary Primary, RemoteLimit Limit, string Sentence)
{
    /// <summary>Whether it is over by itself, and soon, where all is well.</summary>
    public bool IsPassing => Limit is RemoteLimit.Loading or RemoteLimit.Busy or RemoteLimit.Cluster or RemoteLimit.Primary or RemoteLimit.Replicas or RemoteLimit.ReadOnly;
}
