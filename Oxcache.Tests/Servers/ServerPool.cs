using System.Collections.Concurrent;

namespace Oxcaching.Tests.Servers;

/// <summary>One server of each kind for all tests that leave it running; tests keep apart by their key prefixes.</summary>
public static class ServerPool
{
    private static readonly ConcurrentDictionary<ServerKind, Lazy<Task<RedisServer>>> Servers = new();

    static ServerPool() => AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll();

    /// <summary>The URL of a running server. <c>OXCACHE_TEST_REDIS=host:port</c> puts another one in the place of redis-server.</summary>
    public static async Task<string> UrlAsync(ServerKind kind)
    {
        if (kind == ServerKind.Redis && Environment.GetEnvironmentVariable("OXCACHE_TEST_REDIS") is { Length: > 0 } given)
        {
            return "redis://" + given;
        }

        SkipIfMissing(kind);
        var server = await Servers.GetOrAdd(kind, k => new Lazy<Task<RedisServer>>(() => RedisServer.StartAsync(k))).Value;
        return server.Url;
    }

    /// <summary>A server of its own for a test that breaks it.</summary>
    public static Task<RedisServer> StartOwnAsync(ServerKind kind)
    {
        SkipIfMissing(kind);
        return RedisServer.StartAsync(kind);
    }

    /// <summary>With <c>OXCACHE_TEST_NO_SKIP=1</c> what is missing fails the test instead.</summary>
    public static void SkipIfMissing(ServerKind kind)
    {
        var reason = RedisServer.Missing(kind);
        Assert.False(reason is not null && Environment.GetEnvironmentVariable("OXCACHE_TEST_NO_SKIP") == "1", reason);
        Skip.If(reason is not null, reason);
    }

    private static void StopAll()
    {
        foreach (var server in Servers.Values.Where(s => s is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
        {
            server.Value.Result.Dispose();
        }
    }
}
