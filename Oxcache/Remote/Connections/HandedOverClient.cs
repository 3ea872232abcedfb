using Oxcaching.Configuration;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>A connection of the application.</summary>
internal sealed record HandedOverClient : ClientSource
{
    private HandedOverClient(IConnectionMultiplexer multiplexer, HandedOver connection, RedisChannel prefix) =>
        (Multiplexer, Connection, ChannelPrefix) = (multiplexer, connection, prefix);

    public IConnectionMultiplexer Multiplexer { get; }

    public override HandedOver Connection { get; }

    public RedisChannel ChannelPrefix { get; }

    /// <exception cref="ArgumentException">It cannot be used.</exception>
    public static HandedOverClient Of(IConnectionMultiplexer connection)
    {
        if (!connection.IsConnected)
        {
            throw new ArgumentException("The connection is not connected: connect it first, or give the service a connection_string.", nameof(connection));
        }

        var settings = SettingsOf(connection);
        var isCluster = connection.GetServers().Any(server => server.ServerType == ServerType.Cluster);
        var problem = ClientSettings.Broken(settings)
            ?? (isCluster && !settings.AllowAdmin ? "The connection leads to a cluster, which the cache asks for its nodes, and the client does so only with allowAdmin=true." : null);
        return problem is null
            ? new HandedOverClient(connection, new HandedOver(connection.GetEndPoints(configuredOnly: true), connection.GetDatabase().Database, isCluster), settings.ChannelPrefix)
            : throw new ArgumentException(problem, nameof(connection));
    }

    private static ConfigurationOptions SettingsOf(IConnectionMultiplexer connection)
    {
        try
        {
            return ConfigurationOptions.Parse(connection.Configuration, ignoreUnknown: true);
        }
        catch (ArgumentException)
        {
            // Its message may show a part of the password, which is why it is not passed on.
            throw new ArgumentException("The connection's settings cannot be read: one that holds a ',' is no text of the client's. Set it without.", nameof(connection));
        }
    }

    public bool Equals(HandedOverClient? other) => other is not null && ReferenceEquals(Multiplexer, other.Multiplexer);

    public override int GetHashCode() => Multiplexer.GetHashCode();
}
