using Oxcaching.Configuration;
using Oxcaching.Tests.History.Checking;

namespace Oxcaching.Tests.History.Running;

/// <summary>What a run is made of.</summary>
internal sealed record HistoryScenario
{
    public required string ServerUrl { get; init; }

    /// <summary>Decides the rounds, their faults, and what each worker does; not how they interleave.</summary>
    public required int Seed { get; init; }

    public required TimeSpan Duration { get; init; }

    public required Promises Promises { get; init; }

    /// <summary>The service's: "two-level" or "l2".</summary>
    public string Levels { get; init; } = "two-level";

    /// <summary>How many instances are called by hand.</summary>
    public int Managers { get; init; } = 3;

    /// <summary>How many instances are woven applications.</summary>
    public int WovenApplications { get; init; } = 2;

    /// <summary>Whether the load context of a woven application goes with it.</summary>
    public bool UnloadsWoven { get; init; }

    public bool WithFaults { get; init; } = true;

    public bool DistributedSingleFlight { get; init; }

    /// <summary>The rules of the protocol that instances called by hand keep; a woven application keeps them all.</summary>
    public ProtocolRules Rules { get; init; } = ProtocolRules.All;

    /// <summary>Puts something of a test's own between the workers and an instance.</summary>
    public Func<int, ICacheInstance, ICacheInstance> Wrap { get; init; } = (_, instance) => instance;
}
