using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>What the surveys of all topologies have in common.</summary>
internal static class Survey
{
    public static IEnumerable<IServer> Servers(IConnectionMultiplexer multiplexer) =>
        multiplexer.GetEndPoints(configuredOnly: false).Select(endPoint => multiplexer.GetServer(endPoint));

    public static bool IsPrimary(IServer server) => server is { IsConnected: true, IsReplica: false };

    /// <summary>Asks a primary the time, for its clock.</summary>
    /// <exception cref="RemoteException">It does not answer.</exception>
    public static async Task AskTimeAsync(IServer server, Primary primary, Deadline deadline, CancellationToken cancellationToken)
    {
        var asked = deadline.Time.GetTimestamp();
        var answer = await RedisCall.RunAsync(
            () => server.TimeAsync(), RedisEndPoint.Text(server.EndPoint), null, deadline, cancellationToken).ConfigureAwait(false);
        primary.Clock.Observe(
            (answer.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, asked, deadline.Time.GetTimestamp());
    }

    /// <summary>The one primary among the servers, or where there is none that is connected, any server.</summary>
    public static async Task<PrimaryMap> OnePrimaryAsync(
        IConnectionMultiplexer multiplexer, PrimaryMap known, Deadline deadline, CancellationToken cancellationToken)
    {
        var server = Servers(multiplexer).FirstOrDefault(IsPrimary) ?? Servers(multiplexer).First();
        var same = known.At(server.EndPoint);
        var primary = same ?? new Primary(server.EndPoint, deadline.Time);
        await AskTimeAsync(server, primary, deadline, cancellationToken).ConfigureAwait(false);

        // What the client takes for a replica may be a primary since; the server itself says so to each write.
        primary.Recover(isNew: server.IsReplica);
        return same is null ? new PrimaryMap(primary) : known;
    }
}
