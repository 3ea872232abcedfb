using Oxcaching.Configuration;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>A connection of the application.</summary>
internal sealed record HandedOverClient : ClientSource
{
    private HandedOverClient(IConnectionMultiplexer multiplexer, HandedOver connection) => (Multiplexer, Connection) = (multiplexer, connection);

    public IConnectionMultiplexer Multiplexer { get; }

    public override HandedOver Connection { get; }

    /// <exception cref="ArgumentException">It cannot be used.</exception>
    public static HandedOverClient Of(IConnectionMultiplexer connection)
    {
        if (!connection.IsConnected)
        {
            throw new ArgumentException("The connection is not connected: connect it first, or give the service a connection_string.", nameof(connection));
        }

        if (ClientSettings.Broken(ConfigurationOptions.Parse(connection.Configuration)) is { } problem)
        {
            throw new ArgumentException(problem, nameof(connection));
        }

        var isCluster = connection.GetServers().Any(server => server.ServerType == ServerType.Cluster);
        return new HandedOverClient(connection, new HandedOver(connection.GetEndPoints(configuredOnly: true), connection.GetDatabase().Database, isCluster));
    }

    public bool Equals(HandedOverClient? other) => other is not null && ReferenceEquals(Multiplexer, other.Multiplexer);

    public override int GetHashCode() => Multiplexer.GetHashCode();
}
