using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Oxcaching.Tests.Woven;

/// <summary>An application with woven methods. Tests load it, with a cache library of its own, once for each instance that they want.</summary>
/// <remarks>All that passes between it and a test is of types that both have in common.</remarks>
/// <param name="database">Runs a query. Its arguments: the key, the levels that the query's result goes to, and the token.</param>
public sealed class WovenApplication(Func<string, string, CancellationToken, Task<string>> database)
{
    private const string Service = "things";

    private static ICacheClient Things => Oxcache.GetClient(Service);

    public static Task StartAsync(string configPath, ILoggerFactory logs)
    {
        Oxcache.LoggerFactory = logs;
        return Oxcache.InitAsync(configPath);
    }

    public static Task StopAsync(TimeSpan drain) => Oxcache.ShutdownAsync(drain);

    [Cached(Service, Key = "{key}")]
    public async Task<string> LoadAsync(string key, CancellationToken ct) => await database(key, nameof(CacheType.TwoLevel), ct);

    [Cached(Service, Key = "{key}", CacheType = CacheType.L2)]
    [SuppressMessage("Oxcache", "OXC013", Justification = "The same values, past L1.")]
    public async Task<string> LoadThroughL2Async(string key, CancellationToken ct) => await database(key, nameof(CacheType.L2), ct);

    public static Task<string?> GetAsync(string key) => Things.GetAsync<string>(key).AsTask();

    public static Task SetAsync(string key, string value) => Things.SetAsync(key, value).AsTask();

    public static Task SetL2OnlyAsync(string key, string value) => Things.SetL2OnlyAsync(key, value).AsTask();

    public static Task DeleteAsync(string key) => Things.DeleteAsync(key).AsTask();

    public static Task ClearAsync() => Things.ClearAsync().AsTask();
}
