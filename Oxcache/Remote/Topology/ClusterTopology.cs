using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>A cluster: every primary has a part of the 16384 slots, and a replica takes the place of one that fails.</summary>
/// <remarks>
/// One primary that does not answer is down by itself; the others are served. StackExchange.Redis learns the new owner of a
/// slot from redirections and from CLUSTER NODES, and that a replica became a primary from its regular look at each server.
/// </remarks>
internal sealed class ClusterTopology(RedisAddress address) : ITopology
{
    /// <summary>How many nodes are asked for the cluster's state at once, so that one that hangs delays nothing.</summary>
    private const int NodesToAsk = 3;

    public event Action? Moved
    {
        add { }
        remove { }
    }

    public bool IsCluster => true;

    public bool MayMove => false;

    public Task<IReadOnlyList<EndPoint>> LocateAsync(Deadline deadline, CancellationToken cancellationToken) => Task.FromResult(address.EndPoints);

    public void Configure(ConfigurationOptions options)
    {
        // CLUSTER counts as an administrator's command in the client.
        options.AllowAdmin = true;

        // The client refuses to write to what it takes for a replica, and looks again only this often.
        options.ConfigCheckSeconds = 1;
    }

    public async Task<PrimaryMap> SurveyAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken)
    {
        var state = await AskStateAsync(multiplexer, known, deadline, cancellationToken).ConfigureAwait(false);
        var slots = new Primary[PrimaryMap.SlotCount];
        Array.Fill(slots, new Primary(null, deadline.Time));
        var primaries = new List<Primary>();
        foreach (var node in state.Nodes.Where(node => !node.IsReplica && node.Slots.Count > 0))
        {
            var primary = known.At(node.EndPoint) ?? new Primary(node.EndPoint, deadline.Time);
            primaries.Add(primary);
            foreach (var range in node.Slots)
            {
                Array.Fill(slots, primary, range.From, range.To - range.From + 1);
            }
        }

        var found = new PrimaryMap(primaries, slots, multiplexer.HashSlot);
        return await CheckAsync(multiplexer, found, deadline, cancellationToken).ConfigureAwait(false) is { } failure ? throw failure : found;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The cluster as the first of some nodes describes it, preferably primaries that answered before.</summary>
    private async Task<ClusterConfiguration> AskStateAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken)
    {
        var servers = Survey.Servers(multiplexer).Where(server => server.IsConnected).ToArray();
        Random.Shared.Shuffle(servers);
        var asked = servers.OrderBy(server => known.At(server.EndPoint) switch { null => 1, { IsDown: false } => 0, _ => 2 }).Take(NodesToAsk).Select(server => RedisCall.RunAsync(
            () => server.ClusterNodesAsync(), RedisEndPoint.Text(server.EndPoint), null, deadline, cancellationToken)).ToList();
        asked.ForEach(RedisCall.Observe);
        RemoteException? failure = null;
        await foreach (var answer in Task.WhenEach(asked).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                return await answer.ConfigureAwait(false) ?? throw NoState();
            }
            catch (RemoteException e)
            {
                failure = e;
            }
        }

        throw failure ?? new RemoteException(RemoteFailure.Disconnected, $"No node of {address} is connected.");

        RemoteException NoState() => new(RemoteFailure.Refused, $"A node of {address} told no state of the cluster.");
    }

    /// <summary>Asks every primary. Those that are down already are waited for only if there is no other; they recover when they answer.</summary>
    /// <returns>Why none can be used; null if one can.</returns>
    private async Task<RemoteException?> CheckAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap map, Deadline deadline, CancellationToken cancellationToken)
    {
        if (map.All.Count == 0)
        {
            return new RemoteException(RemoteFailure.Misdirected, $"No primary of {address} has a slot.");
        }

        var waitForAll = map.AllDown;
        var awaited = new List<Task<RemoteException?>>();
        foreach (var primary in map.All)
        {
            var isAwaited = waitForAll || !primary.IsDown;
            var check = CheckAsync(multiplexer, primary, deadline, cancellationToken);
            if (isAwaited)
            {
                awaited.Add(check);
            }
        }

        var failures = await Task.WhenAll(awaited).ConfigureAwait(false);
        return failures.Contains(null) ? null : failures[0];
    }

    /// <returns>Why the primary cannot be used; null if it can.</returns>
    private static async Task<RemoteException?> CheckAsync(
        IConnectionMultiplexer multiplexer, Primary primary, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var server = multiplexer.GetServer(primary.EndPoint!);
            await Survey.AskTimeAsync(server, primary, deadline, cancellationToken).ConfigureAwait(false);
            if (server.IsReplica && !await SaysItIsPrimaryAsync(server, primary, deadline, cancellationToken).ConfigureAwait(false))
            {
                throw new RemoteException(RemoteFailure.Misdirected, $"{primary} is no primary.");
            }

            primary.Recover(isNew: server.IsReplica);
            return null;
        }
        catch (Exception e)
        {
            // Nobody may be waiting for it any more.
            primary.Lost();
            return RedisCall.Translate(e, primary);
        }
    }

    /// <summary>What it says of itself counts: another node may not know yet, or not any more.</summary>
    private static async Task<bool> SaysItIsPrimaryAsync(IServer server, Primary primary, Deadline deadline, CancellationToken cancellationToken)
    {
        var state = await RedisCall.RunAsync(() => server.ClusterNodesAsync(), primary, null, deadline, cancellationToken).ConfigureAwait(false);
        return state?.Nodes.Any(node => node is { IsMyself: true, IsReplica: false }) == true;
    }
}
