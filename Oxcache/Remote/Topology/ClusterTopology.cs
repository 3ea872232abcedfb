using System.Net;
using Oxcaching.Configuration;
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

    public TimeSpan? SearchPause { get; } = TimeSpan.FromMilliseconds(500);

    public Task<IReadOnlyList<EndPoint>> LocateAsync(CancellationToken cancellationToken) => Task.FromResult(address.EndPoints);

    public void Configure(ConfigurationOptions options)
    {
        // CLUSTER counts as an administrator's command in the client.
        options.AllowAdmin = true;

        // The client refuses to write to what it takes for a replica, and looks again only this often.
        options.ConfigCheckSeconds = 1;

        // Which of several primaries is the right one is no question here.
        options.TieBreaker = "";
    }

    public async Task<PrimaryMap> SurveyAsync(
        ConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken)
    {
        var state = await AskStateAsync(multiplexer, deadline, cancellationToken).ConfigureAwait(false);
        var slots = new Primary[PrimaryMap.SlotCount];
        Array.Fill(slots, new Primary(null, deadline.Time));
        var primaries = new List<Primary>();
        foreach (var node in state.Nodes.Where(node => !node.IsSlave && node.Slots.Count > 0))
        {
            var primary = known.At(node.EndPoint) ?? new Primary(node.EndPoint, deadline.Time);
            primaries.Add(primary);
            foreach (var range in node.Slots)
            {
                Array.Fill(slots, primary, range.From, range.To - range.From + 1);
            }
        }

        var failures = await Task.WhenAll(
            primaries.Select(primary => CheckAsync(multiplexer, primary, deadline, cancellationToken))).ConfigureAwait(false);
        return failures.Contains(null) ? new PrimaryMap(primaries, slots, multiplexer.HashSlot)
            : throw (failures.FirstOrDefault() ?? new RemoteException(RemoteFailure.Misdirected, $"{address} has no slots."));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The cluster as the first of some nodes describes it.</summary>
    private async Task<ClusterConfiguration> AskStateAsync(ConnectionMultiplexer multiplexer, Deadline deadline, CancellationToken cancellationToken)
    {
        var servers = Survey.Servers(multiplexer).Where(server => server.IsConnected).ToArray();
        Random.Shared.Shuffle(servers);
        var asked = servers.Take(NodesToAsk).Select(server => RedisCall.RunAsync(
            () => server.ClusterNodesAsync(), RedisEndPoint.Text(server.EndPoint), null, deadline, cancellationToken)).ToList();
        RemoteException? failure = null;
        await foreach (var answer in Task.WhenEach(asked).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                return await answer.ConfigureAwait(false);
            }
            catch (RemoteException e)
            {
                failure = e;
            }
        }

        throw failure ?? new RemoteException(RemoteFailure.Disconnected, $"No node of {address} is connected.");
    }

    /// <returns>Why the primary cannot be used; null if it can.</returns>
    private static async Task<RemoteException?> CheckAsync(
        ConnectionMultiplexer multiplexer, Primary primary, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var server = multiplexer.GetServer(primary.EndPoint);
            await Survey.AskTimeAsync(server, primary, deadline, cancellationToken).ConfigureAwait(false);
            if (server.IsSlave)
            {
                throw new RemoteException(RemoteFailure.Misdirected, $"{primary} is still being promoted.");
            }

            primary.Recover();
            return null;
        }
        catch (RemoteException e)
        {
            primary.Lost();
            return e;
        }
    }
}
