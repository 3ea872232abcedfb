using Oxcaching.Tests.History.Running;

namespace Oxcaching.Tests.History.Checking;

/// <summary>What a run is held to. Each rule can be switched off.</summary>
internal sealed record Promises
{
    /// <summary>
    /// Rule 1: on the instance where a write was acknowledged, no later read sees what it replaced.
    /// </summary>
    public bool AtOnceWhereAcknowledged { get; init; } = true;

    /// <summary>Rule 1 also for a set or delete that Redis did not acknowledge: it is pending there, and binds others once it is replayed.</summary>
    public bool PendingWritesHold { get; init; } = true;

    /// <summary>Rule 2: how soon reads of other instances no longer see what a write replaced, without faults; null: no rule.</summary>
    public TimeSpan? Elsewhere { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The services' own setting: how soon they no longer see it while they know that messages may be missing.</summary>
    public TimeSpan CoherenceMaxAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By when an instance knows that messages do not arrive, though the connection is up: some heartbeats.</summary>
    public TimeSpan Detection { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// By when it has given up a connection for commands that is up and dead: three timeouts in a row or a probe in vain, after which
    /// others are made until one gets through.
    /// </summary>
    public TimeSpan GivingUp { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>By when all is well again after a fault has healed and is known.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a busy machine adds to a recovery.</summary>
    public TimeSpan RecoverySlack { get; init; } = TimeSpan.FromMilliseconds(HistorySettings.Strict ? 0 : 750);

    /// <summary>What a call of an instance may take under a fault, and the coarseness of its clocks.</summary>
    public TimeSpan Slack { get; init; } = TimeSpan.FromMilliseconds(750);

    /// <summary>Rule 3: a look into Redis does not find what a write replaced.</summary>
    public bool NothingStoredAfter { get; init; } = true;

    /// <summary>Rule 4: once healed, all that is read of a key is the same.</summary>
    public bool Agreement { get; init; } = true;

    /// <summary>
    /// Rule 4 for loads that read the same, too: after a fault that was too short to be a gap, what an instance has loaded while
    /// it was cut off may stay in its memory beside what another's load left in Redis.
    /// </summary>
    public bool AgreementOfLoads { get; init; } = true;

    /// <summary>Rule 5: one flight per key and instance.</summary>
    public bool OneFlight { get; init; } = true;

    /// <summary>Rule 6: one body per key in the fleet, while there are no faults.</summary>
    public bool OneBodyInTheFleet { get; init; }
}
