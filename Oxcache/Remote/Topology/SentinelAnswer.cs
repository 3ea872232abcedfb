using System.Net;

namespace Oxcaching.Remote.Topology;

/// <summary>Where a sentinel says that the primary is.</summary>
/// <param name="Primary">The primary's end point.</param>
/// <param name="Epoch">The failover by which it became the primary; of two answers the one with the higher epoch is the newer.</param>
internal readonly record struct SentinelAnswer(EndPoint Primary, long Epoch);
