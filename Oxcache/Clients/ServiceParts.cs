using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;

namespace Oxcaching.Clients;

/// <summary>What the clients of one service share: the levels it has, its claims and its events.</summary>
internal sealed class ServiceParts
{
    public required ServiceSettings Settings { get; init; }

    /// <summary>Null when the service has no L1.</summary>
    public required ILocalCache? Local { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required GuardedRemote? Remote { get; init; }

    public required ServiceEvents Events { get; init; }

    public required TimeProvider Time { get; init; }

    public required FlightDeadlines Deadlines { get; init; }

    public required ClaimTable Claims { get; init; }

    /// <summary>What a shutdown waits for.</summary>
    public required Outstanding Outstanding { get; init; }
}
