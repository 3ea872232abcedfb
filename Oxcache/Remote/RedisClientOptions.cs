using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reflection;
using Oxcaching.Configuration;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Sets StackExchange.Redis up for an address.</summary>
internal static class RedisClientOptions
{
    /// <summary>
    /// ACL users came with StackExchange.Redis 2. Oxcache is compiled against 1.2.6 and runs with whatever the application
    /// brings, so the property is looked up where it may exist.
    /// </summary>
    [SuppressMessage("Trimming", "IL2075", Justification = "A property that the trimmer removed is a property that is not supported.")]
    private static readonly PropertyInfo? UserProperty = typeof(ConfigurationOptions).GetProperty("User");

    /// <summary>What a sentinel understands. The client's own list for sentinels has no AUTH in version 1.2.6.</summary>
    private static readonly HashSet<string> SentinelCommands =
        ["auth", "hello", "info", "ping", "psubscribe", "punsubscribe", "sentinel", "subscribe", "unsubscribe"];

    public static bool SupportsUser => UserProperty is not null;

    /// <summary>For Redis servers.</summary>
    public static ConfigurationOptions From(
        RedisAddress address, IReadOnlyList<EndPoint> endPoints, TimeSpan connectionTimeout, TimeSpan commandTimeout)
    {
        var options = address.ClientOptions.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(address.ClientOptions);
        options.ConnectRetry = address.ClientOptions.Contains("connectRetry", StringComparison.OrdinalIgnoreCase) ? options.ConnectRetry : 1;

        // Without it SCAN falls back to KEYS until the server's version is known.
        options.DefaultVersion = new Version(6, 2);
        SetUp(options, address, endPoints, connectionTimeout, commandTimeout);
        SetCredentials(options, address.User, address.Password);
        return options;
    }

    /// <summary>For one sentinel.</summary>
    public static ConfigurationOptions ForSentinel(RedisAddress address, EndPoint sentinel, TimeSpan connectionTimeout, TimeSpan commandTimeout)
    {
        var options = new ConfigurationOptions
        {
            CommandMap = CommandMap.Create(SentinelCommands),
            ConnectRetry = 1,

            // Either would send commands that no sentinel understands, and version 1.2.6 then waits in vain for the answer.
            TieBreaker = "",
            ConfigurationChannel = "",
        };
        SetUp(options, address, [sentinel], connectionTimeout, commandTimeout);
        SetCredentials(options, address.SentinelUser, address.SentinelPassword);
        return options;
    }

    private static void SetUp(
        ConfigurationOptions options, RedisAddress address, IReadOnlyList<EndPoint> endPoints, TimeSpan connectionTimeout, TimeSpan commandTimeout)
    {
        options.EndPoints.Clear();
        foreach (var endPoint in endPoints)
        {
            options.EndPoints.Add(endPoint);
        }

        options.AbortOnConnectFail = false;

        // Sooner than our own bound, so that what it has built by then is kept.
        options.ConnectTimeout = (int)(connectionTimeout.TotalMilliseconds * 0.9);
        options.SyncTimeout = (int)commandTimeout.TotalMilliseconds;
        if (address.Tls)
        {
            options.Ssl = true;
            options.SslHost = address.TlsHost;
        }
    }

    private static void SetCredentials(ConfigurationOptions options, string? user, string? password)
    {
        options.Password = password;
        if (user is not null && UserProperty is { } property)
        {
            property.SetValue(options, user);
        }
    }
}
