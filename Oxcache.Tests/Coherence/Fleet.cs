using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Coherence;

/// <summary>Two instances of one application on one Redis, and a way to look into it from outside.</summary>
public sealed class Fleet : IAsyncDisposable
{
    public const int MaxValueSize = 1000;

    private readonly CacheManager _one;
    private readonly CacheManager _other;
    private readonly string _url;
    private readonly string _prefix;

    private Fleet(CacheManager one, CacheManager other, string url, string prefix)
    {
        _one = one;
        _other = other;
        _url = url;
        _prefix = prefix;
    }

    public ICacheClient One => _one.Things();

    public ICacheClient Other => _other.Things();

    /// <param name="url">Where the Redis is.</param>
    /// <param name="commandTimeout">Short where the test waits for it to pass.</param>
    public static async Task<Fleet> StartAsync(string url, TimeSpan? commandTimeout = null)
    {
        var prefix = Caches.NewPrefix();
        var fleet = new Fleet(await Options().StartAsync(), await Options().StartAsync(), url, prefix);

        // A server compiles a script when it first runs it, and that may take longer than a short timeout.
        await fleet.ReconnectedAsync();
        return fleet;

        OxcacheOptions Options()
        {
            var options = Caches.TwoLevel(url, prefix, service =>
            {
                service.L2.CommandTimeout = commandTimeout ?? service.L2.CommandTimeout;
                service.L2.MaxValueSize = MaxValueSize;
            });
            options.HealthCheckInterval = TimeSpan.FromSeconds(1);
            return options;
        }
    }

    public HeldLoad BeginLoad(string key, string value) => new(One, key, value);

    /// <summary>When nothing that the first instance has sent to Redis is still without an answer.</summary>
    public Task SettledAsync() => _one.WhenIdleAsync();

    /// <summary>When both instances have got answers from Redis (again), to each kind of call.</summary>
    public async Task ReconnectedAsync()
    {
        foreach (var client in new[] { One, Other })
        {
            var probe = "probe" + Guid.NewGuid().ToString("N");
            await Eventually.Async(async () =>
            {
                await client.SetL2OnlyAsync(probe, 1);
                var stored = await client.GetAsync<int>(probe) == 1;
                var deleted = await client.DeleteAsync(probe);
                await client.GetOrSetAsync(probe, _ => new ValueTask<int>(2));
                return stored && deleted && await client.DeleteAsync(probe);
            });
        }
    }

    public string? InL1(string key) =>
        _one.TryGetClient(Caches.Service, out var client) && client.Front!.Find(key) is LocalEntry<string> entry ? entry.Value : null;

    /// <summary>What a third instance, with nothing in its memory, reads.</summary>
    public async Task<string?> InRedisAsync(string key)
    {
        await using var third = await Caches.Remote(_url, _prefix).StartAsync();
        return await third.Things().GetAsync<string>(key);
    }

    public async Task AssertNowhereAsync(string key)
    {
        await SettledAsync();
        Assert.Null(InL1(key));
        Assert.Null(await InRedisAsync(key));
    }

    public string RedisKey(string key) => $"{_prefix}:{Caches.Service}:{key}";

    public async Task EvictAsync(string key)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(_url["redis://".Length..]);
        Assert.True(await redis.GetDatabase().KeyDeleteAsync(RedisKey(key)));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }
}
