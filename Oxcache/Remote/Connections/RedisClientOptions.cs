using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Sets StackExchange.Redis up for an address.</summary>
internal static class RedisClientOptions
{
    /// <summary>By which CLIENT LIST shows the connections of this process, unless they are given another name.</summary>
    public static string ClientName { get; } = $"oxcache-{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>For Redis servers.</summary>
    /// <exception cref="RemoteException">The application's own settings failed, or cannot be used.</exception>
    public static async Task<ConfigurationOptions> FromAsync(
        RedisAddress address, IReadOnlyList<EndPoint> endPoints, TimeSpan connectionTimeout, TimeSpan commandTimeout, CancellationToken cancellationToken)
    {
        var options = address.ClientOptions.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(address.ClientOptions);
        options.ConnectRetry = Says(address, "connectRetry") ? options.ConnectRetry : 1;

        // The client's own channel and key, of which the user who may touch the cache's alone has none, and the cache no need.
        options.ConfigurationChannel = Says(address, "configChannel") ? options.ConfigurationChannel : "";
        options.TieBreaker = Says(address, "tiebreaker") ? options.TieBreaker : "";

        // Without it SCAN falls back to KEYS until the server's version is known.
        options.DefaultVersion = new Version(6, 2);
        SetUp(options, address, endPoints, connectionTimeout, commandTimeout);
        (options.User, options.Password) = (address.User, address.Password);
        await ApplyHookAsync(options, address, ClientSettings.BrokenByHook, cancellationToken).ConfigureAwait(false);
        return options;
    }

    /// <summary>For one sentinel.</summary>
    /// <exception cref="RemoteException">The application's own settings failed.</exception>
    public static async Task<ConfigurationOptions> ForSentinelAsync(
        RedisAddress address, EndPoint sentinel, TimeSpan connectionTimeout, TimeSpan commandTimeout, CancellationToken cancellationToken)
    {
        var options = new ConfigurationOptions { ConnectRetry = 1 };
        SetUp(options, address, [sentinel], connectionTimeout, commandTimeout);
        await ApplyHookAsync(options, address, _ => null, cancellationToken).ConfigureAwait(false);

        // Sentinels have commands, users and passwords of their own.
        options.CommandMap = CommandMap.Sentinel;
        (options.TieBreaker, options.ConfigurationChannel, options.ChannelPrefix) = ("", "", default);
        (options.User, options.Password) = (address.SentinelUser, address.SentinelPassword);
        return options;
    }

    private static bool Says(RedisAddress address, string keyword) => address.ClientOptions.Contains(keyword + '=', StringComparison.OrdinalIgnoreCase);

    private static void SetUp(
        ConfigurationOptions options, RedisAddress address, IReadOnlyList<EndPoint> endPoints, TimeSpan connectionTimeout, TimeSpan commandTimeout)
    {
        options.EndPoints.Clear();
        foreach (var endPoint in endPoints)
        {
            options.EndPoints.Add(endPoint);
        }

        options.ClientName ??= ClientName;

        // What waits for a connection would be sent when its caller has long gone on.
        options.BacklogPolicy = BacklogPolicy.FailFast;

        // Sooner than our own bound, so that what it has built by then is kept.
        options.ConnectTimeout = (int)(connectionTimeout.TotalMilliseconds * 0.9);
        options.SyncTimeout = (int)commandTimeout.TotalMilliseconds;
        if (address.Tls)
        {
            options.Ssl = true;
            options.SslHost = address.TlsHost;
        }
    }

    private static async Task ApplyHookAsync(
        ConfigurationOptions options, RedisAddress address, Func<ConfigurationOptions, string?> broken, CancellationToken cancellationToken)
    {
        if (address.Client is ClientHook hook)
        {
            await hook.ApplyAsync(options, cancellationToken).ConfigureAwait(false);
            if (broken(options) is { } problem)
            {
                throw new RemoteException(RemoteFailure.Disconnected, problem) { Limit = RemoteLimit.Lasting };
            }
        }

        options.AbortOnConnectFail = false;
    }
}
