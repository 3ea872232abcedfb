using Microsoft.Extensions.Logging;
using Oxcaching.Configuration;
using Oxcaching.Remote;

namespace Oxcaching.Recovery;

/// <summary>One connection, behind its gate, for each distinct Redis that the services name.</summary>
internal sealed class ConnectionPool : IAsyncDisposable
{
    private readonly Dictionary<RedisAddress, (RedisConnection Connection, RemoteGate Gate)> _connections = [];

    /// <summary>Connects nowhere yet. A connection that services share has the shortest of their timeouts.</summary>
    public ConnectionPool(IEnumerable<RemoteSettings> services, ILogger logger, TimeProvider time)
    {
        foreach (var sharing in services.GroupBy(service => service.Address))
        {
            var connection = new RedisConnection(
                sharing.Key, sharing.Min(service => service.ConnectionTimeout), sharing.Min(service => service.CommandTimeout), time);
            _connections.Add(sharing.Key, (connection, new RemoteGate(connection, sharing.Min(service => service.HealthCheckInterval), logger)));
        }
    }

    public int Count => _connections.Count;

    /// <summary>One for each connection.</summary>
    public IReadOnlyList<HealthMonitor> Health => [.. _connections.Values.Select(connection => connection.Gate.Health)];

    /// <summary>Completes with the first attempt at each connection, whatever came of it.</summary>
    public Task FirstProbes => Task.WhenAll(_connections.Values.Select(connection => connection.Gate.FirstProbe));

    public (RedisConnection Connection, RemoteGate Gate) this[RedisAddress address] => _connections[address];

    /// <summary>Begins to connect. Called once.</summary>
    public void Start()
    {
        foreach (var (_, gate) in _connections.Values)
        {
            gate.Start();
        }
    }

    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_connections.Values.Select(connection => connection.Gate.DisposeAsync().AsTask())).ConfigureAwait(false);
}
