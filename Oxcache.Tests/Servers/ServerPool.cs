namespace Oxcaching.Tests.Servers;

/// <summary>Which server a test gets. Those that leave it running share it, and keep apart by their key prefixes.</summary>
public static class ServerPool
{
    private static readonly Lazy<Task<(string? Url, string? Missing)>> Redis = new(FindRedisAsync);

    static ServerPool() => AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAll();

    /// <summary>Of a running server, for a test that any will do for: a Redis, or where there is none Garnet.</summary>
    public static async Task<string> UrlAsync() => (await Redis.Value).Url ?? await UrlAsync(ServerKind.Garnet);

    /// <summary>Of a running server of the kind.</summary>
    public static async Task<string> UrlAsync(ServerKind kind)
    {
        if (kind == ServerKind.Garnet)
        {
            return (await ServerSource.Garnet.SharedAsync()).Url;
        }

        var (url, missing) = await Redis.Value;
        SkipIf(missing);
        return url!;
    }

    /// <summary>Of a running server of a <see cref="ServerSource"/>.</summary>
    public static async Task<string> UrlAsync(string source)
    {
        SkipIf(await ServerSource.Named(source).MissingAsync());
        return (await ServerSource.Named(source).SharedAsync()).Url;
    }

    /// <summary>A server of its own for a test that restarts it or needs it set up another way.</summary>
    public static async Task<ITestServer> StartOwnAsync(string source, ServerSetup? setup = null)
    {
        SkipIf(await ServerSource.Named(source).MissingAsync());
        return await ServerSource.Named(source).StartAsync(setup ?? ServerSetup.Usual);
    }

    /// <summary>A process of its own for a test that breaks it: a container can neither be frozen nor die as suddenly.</summary>
    public static Task<RedisServer> StartOwnAsync(ServerKind kind)
    {
        SkipIfMissing(kind);
        return RedisServer.StartAsync(kind);
    }

    /// <summary>Skips a test that needs a process of the kind.</summary>
    public static void SkipIfMissing(ServerKind kind) => SkipIf(RedisServer.Missing(kind));

    /// <summary>Skips where there is a reason. With <c>OXCACHE_TEST_NO_SKIP=1</c> what is missing fails the test instead.</summary>
    public static void SkipIf(string? missing)
    {
        Assert.False(missing is not null && Environment.GetEnvironmentVariable("OXCACHE_TEST_NO_SKIP") == "1", missing);
        Skip.If(missing is not null, missing);
    }

    /// <summary>The one of <c>OXCACHE_TEST_REDIS=host:port</c>, else one in a container, else redis-server.</summary>
    private static async Task<(string? Url, string? Missing)> FindRedisAsync()
    {
        if (Environment.GetEnvironmentVariable("OXCACHE_TEST_REDIS") is { Length: > 0 } given)
        {
            return ("redis://" + given, null);
        }

        var missing = new List<string>();
        foreach (var source in ServerSource.Images.Append(ServerSource.RedisServerProgram))
        {
            if (await source.MissingAsync() is not { } reason)
            {
                return ((await source.SharedAsync()).Url, null);
            }

            missing.Add(reason);
        }

        return (null, $"There is no Redis. {string.Join(" ", missing)}");
    }

    private static void StopAll()
    {
        foreach (var source in ServerSource.All)
        {
            source.Stop();
        }
    }
}
