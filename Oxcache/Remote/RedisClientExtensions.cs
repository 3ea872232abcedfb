using Oxcaching.Remote;
using StackExchange.Redis;

namespace Oxcaching;

/// <summary>What a connection string cannot say: settings of StackExchange.Redis, or a connection that the application has.</summary>
/// <remarks>To be called before the options are used. Of services that share a connection, each is told the same.</remarks>
/// <example>
/// <code>
/// var options = OxcacheOptions.Load("config.toml");
/// options.Services["user_cache"].L2.ConfigureClient(client =&gt; client.TrustIssuer("ca.pem"));
/// Oxcache.Init(options);
/// </code>
/// </example>
public static class RedisClientExtensions
{
    /// <summary>Has each connection set up by the application too: certificates, tunnels, what is not in the connection string.</summary>
    /// <param name="options">The L2 of a service.</param>
    /// <param name="configure">
    /// Called on a thread of the pool before every attempt to connect, sentinels included, so it should be quick; what it throws fails that attempt, and the
    /// next calls it again. It finds the options as Oxcache has set them. <c>Proxy</c>, <c>ServiceName</c>, a <c>DefaultDatabase</c> and renamed commands are
    /// refused, and then named in <see cref="CacheHealth.LastError"/>; <c>AbortOnConnectFail</c> stays off; a <c>ChannelPrefix</c> is honoured.
    /// </param>
    /// <returns>The same options. Further calls add to this one.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">A connection was handed over, which is set up already.</exception>
    public static L2Options ConfigureClient(this L2Options options, Action<ConfigurationOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return options.Add(configure);
    }

    /// <summary>The same for what takes time, such as a token of a cloud's identity, which is thereby renewed with each connection.</summary>
    /// <param name="options">The L2 of a service.</param>
    /// <param name="configure">
    /// As for <see cref="ConfigureClient(L2Options, Action{ConfigurationOptions})"/>; its token is cancelled when <c>connection_timeout_ms</c> is over, or the cache shut down.
    /// </param>
    /// <inheritdoc cref="ConfigureClient(L2Options, Action{ConfigurationOptions})" path="/returns"/>
    /// <inheritdoc cref="ConfigureClient(L2Options, Action{ConfigurationOptions})" path="/exception"/>
    public static L2Options ConfigureClient(this L2Options options, Func<ConfigurationOptions, CancellationToken, Task> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return options.Add(configure);
    }

    /// <summary>Has the service use a connection of the application, which it never closes, and whose settings it does not change.</summary>
    /// <remarks>
    /// The connection string, mode, nodes and credentials of the service have no effect then; its database is the connection's. Nothing is ever made anew:
    /// what this connection does not recover from by itself, a service on it does not either.
    /// </remarks>
    /// <param name="options">The L2 of a service.</param>
    /// <param name="connection">It is connected, and stays so for longer than the cache lives.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// It is not connected, so that nobody knows whether it leads to a cluster; or it has a <c>Proxy</c> or renamed commands, with which the cache cannot work.
    /// </exception>
    /// <exception cref="InvalidOperationException">The service has settings for connections of its own.</exception>
    public static L2Options UseConnection(this L2Options options, IConnectionMultiplexer connection)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connection);
        if (options.Client is ClientHook)
        {
            throw new InvalidOperationException("ConfigureClient was called for this service, which has no effect on a connection that is handed over: use one of the two.");
        }

        options.Client = HandedOverClient.Of(connection);
        return options;
    }

    private static L2Options Add(this L2Options options, Delegate configure)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Client = options.Client switch
        {
            null => new ClientHook([configure]),
            ClientHook hook => new ClientHook([.. hook.Steps, configure]),
            _ => throw new InvalidOperationException("UseConnection was called for this service: set that connection up where it is made."),
        };
        return options;
    }
}
