using System.Diagnostics.CodeAnalysis;
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

    public static bool SupportsUser => UserProperty is not null;

    public static ConfigurationOptions From(RedisAddress address, TimeSpan connectionTimeout, TimeSpan commandTimeout)
    {
        var options = address.ClientOptions.Length == 0 ? new ConfigurationOptions() : ConfigurationOptions.Parse(address.ClientOptions);
        options.EndPoints.Clear();
        foreach (var endPoint in address.EndPoints)
        {
            options.EndPoints.Add(endPoint);
        }

        // Without it SCAN falls back to KEYS until the server's version is known.
        options.DefaultVersion = new Version(6, 2);
        options.AbortOnConnectFail = false;
        options.ConnectRetry = address.ClientOptions.Contains("connectRetry", StringComparison.OrdinalIgnoreCase) ? options.ConnectRetry : 1;

        // Sooner than our own bound, so that what it has built by then is kept.
        options.ConnectTimeout = (int)(connectionTimeout.TotalMilliseconds * 0.9);
        options.SyncTimeout = (int)commandTimeout.TotalMilliseconds;
        options.Password = address.Password;
        if (address.User is { } user && UserProperty is { } property)
        {
            property.SetValue(options, user);
        }

        if (address.Tls)
        {
            options.Ssl = true;
            options.SslHost = address.TlsHost;
        }

        return options;
    }
}
