using Oxcaching.Coherence;
using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>What the clients of one service share: the levels it has, its claims and its events.</summary>
internal sealed class ServiceParts
{
    private bool _isClosing;

    public required ServiceSettings Settings { get; init; }

    /// <summary>Null when the service has no L1.</summary>
    public required ILocalCache? Local { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required GuardedRemote? Remote { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required PendingWrites? Pending { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required InvalidationChannel? Channel { get; init; }

    /// <summary>Null when the service has no L2.</summary>
    public required RemotePermit? Permit { get; init; }

    public required ServiceHealth Health { get; init; }

    public required ServiceMemory Memory { get; init; }

    public required LoadWaiters LoadWaiters { get; init; }

    public required ServiceEvents Events { get; init; }

    public required TimeProvider Time { get; init; }

    public required FlightDeadlines Deadlines { get; init; }

    public required ClaimTable Claims { get; init; }

    /// <summary>What a shutdown waits for.</summary>
    public required Outstanding Outstanding { get; init; }

    /// <summary>Whether a shutdown has begun: loads that begin now are stored nowhere, and nobody waits for them.</summary>
    public bool IsClosing
    {
        get => Volatile.Read(ref _isClosing);
        set => Volatile.Write(ref _isClosing, value);
    }

    /// <summary>A client of all the levels there are.</summary>
    public CacheClient NewClient() => this switch
    {
        { Local: { } local, Remote: { } remote } => new TwoLevelClient(this, local, remote),
        { Local: { } local } => new L1OnlyClient(this, local),
        { Remote: { } remote } => new L2OnlyClient(this, remote),
        _ => throw new InvalidOperationException($"Service '{Settings.Name}' has no level."),
    };

    /// <summary>Completes when no load and no call to Redis is under way, and no write waits for one that is.</summary>
    public async Task WhenIdleAsync()
    {
        await Outstanding.WhenIdleAsync().ConfigureAwait(false);
        await WhenWrittenAsync().ConfigureAwait(false);
    }

    /// <summary>Gives the pending writes so much time to reach Redis, where it is there, and has the log keep what is left of them.</summary>
    public async Task SettleAsync(TimeSpan patience)
    {
        try
        {
            await WhenWrittenAsync().WaitAsync(patience, Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // They are kept.
        }

        if (Pending is not null)
        {
            await Pending.KeepAllAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends what goes on by itself, before the connections are closed.</summary>
    public async ValueTask CloseAsync()
    {
        if (Pending is not null)
        {
            await Pending.DisposeAsync().ConfigureAwait(false);
        }

        if (Channel is not null)
        {
            await Channel.DisposeAsync().ConfigureAwait(false);
        }

        if (Permit is not null)
        {
            await Permit.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task WhenWrittenAsync() => Pending is not null && Remote is { IsCutOff: false } ? Pending.WhenEmptyAsync() : Task.CompletedTask;
}
