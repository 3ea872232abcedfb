using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Limits;

/// <summary>The user of docs/REDIS.md who may do what the cache needs, and no more.</summary>
public sealed class MinimalUserTests
{
    [SkippableFact]
    public async Task It_is_enough_for_all_that_the_cache_does()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await CreateAsync(server, Line());
        await using var one = await StartAsync(server);
        await using var other = await StartAsync(server);
        await Eventually.Is(() => one.Health.State == HealthState.Healthy && other.Health.State == HealthState.Healthy);

        await one.Things().SetAsync("k", "v");
        Assert.Equal("v", await other.Things().GetAsync<string>("k"));
        Assert.Equal("loaded", await one.Things().GetOrSetAsync("l", _ => new ValueTask<string>("loaded")));
        await one.WhenIdleAsync();
        Assert.Equal("loaded", await other.Things().GetAsync<string>("l"));
        Assert.True(await other.Things().ExistsAsync("l"));
        Assert.True(await other.Things().DeleteAsync("k"));
        await Eventually.Async(async () => await one.Things().GetAsync<string>("k") is null);
        await one.Things().SetManyAsync(new Dictionary<string, int> { ["a"] = 1, ["b"] = 2 });
        Assert.Equal(2, (await other.Things().GetManyAsync<int>(["a", "b"])).Count);
        await using (await one.Things().TryLockAsync("lock", TimeSpan.FromSeconds(5)))
        {
            Assert.Null(await other.Things().TryLockAsync("lock", TimeSpan.FromSeconds(5)));
        }

        await one.Things().ClearAsync();
        await Eventually.Async(async () => await other.Things().GetAsync<int?>("a") is null);
        Assert.Empty(one.Health.Limits);
        Assert.Null(one.Health.LastError);
        Assert.Equal(0, one.Health.PendingWrites);
    }

    /// <summary>Without these the same is done in another way, which costs more.</summary>
    private static readonly string[] ForSpeed = ["+psetex", "+script|load"];

    public static TheoryData<string> Rights => [.. Line().Split(' ').Where(word => word.StartsWith('+')).Except(ForSpeed)];

    [SkippableTheory]
    [MemberData(nameof(Rights))]
    public async Task Nothing_that_it_may_do_can_be_left_out(string right)
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await CreateAsync(server, string.Join(' ', Line().Split(' ').Where(word => word != right)));
        await using var manager = await StartAsync(server);
        await manager.Things().SetAsync("k", 1);
        await manager.Things().DeleteAsync("k");
        await Assert.ThrowsAsync<TimeoutException>(async () => await manager.Things().GetOrSetAsync<int>("k", _ => throw new TimeoutException()));
        await manager.Things().ClearAsync();
        await using (await manager.Things().TryLockAsync("lock", TimeSpan.FromSeconds(5)))
        {
        }

        await Eventually.Is(() => manager.Health.LastError is not null || manager.Health.Limits.Count > 0);
    }

    private static Task<CacheManager> StartAsync(RedisServer server) =>
        Caches.TwoLevel($"redis://shop-cache:a-long-password@127.0.0.1:{server.Port}", "shop", service => service.DistributedSingleFlight = true).StartAsync();

    private static async Task CreateAsync(RedisServer server, string line)
    {
        await RedisConsole.TryAskAsync(server.Port, "ACL", "DELUSER", "shop-cache");
        await RedisConsole.AskAsync(server.Port, line.Split(' '));
    }

    /// <summary>As it stands in the documentation, to be pasted.</summary>
    private static string Line() =>
        File.ReadLines(Path.Combine(TestData.RepositoryRoot, "docs", "REDIS.md")).First(line => line.StartsWith("ACL SETUSER", StringComparison.Ordinal));
}
