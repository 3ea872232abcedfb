using System.Diagnostics;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>A Redis that is not there: the cache goes on without it.</summary>
[Collection(Undisturbed.Name)]
public sealed class RedisDownTests
{
    [Theory]
    [InlineData(CacheType.L2)]
    [InlineData(CacheType.TwoLevel)]
    public async Task No_call_fails_though_nothing_listens(CacheType type)
    {
        await using var manager = await NobodyThere(type).StartAsync();
        var things = manager.Things();

        Assert.Equal(1, await things.GetOrSetAsync("k", _ => new ValueTask<int>(1)));
        await things.SetAsync("k2", 2);
        await things.SetL2OnlyAsync("k3", 3);
        Assert.False((await things.TryGetAsync<int>("k4")).Found);
        Assert.False(await things.ExistsAsync("k4"));
        Assert.False(await things.DeleteAsync("k4"));
        await things.ClearAsync();
    }

    [Fact]
    public async Task L1_works_alone()
    {
        await using var manager = await NobodyThere(CacheType.TwoLevel).StartAsync();
        var runs = 0;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(++runs)));
        }

        await manager.Things().SetAsync("k", 5);
        Assert.Equal(5, await manager.Things().GetAsync<int>("k"));
        Assert.True(await manager.Things().DeleteAsync("k"));
        Assert.False(await manager.Things().ExistsAsync("k"));
    }

    [Fact]
    public async Task After_the_first_detection_no_call_waits()
    {
        await using var manager = await NobodyThere(CacheType.TwoLevel).StartAsync();
        await manager.Things().GetOrSetAsync("first", _ => new ValueTask<int>(0));
        const int Misses = 1000;

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Misses; i++)
        {
            await manager.Things().GetOrSetAsync($"k{i}", _ => new ValueTask<int>(i));
        }

        // A thousand waits of any kind would be far beyond it.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_first_call_waits_for_the_first_connection_no_longer_than_a_command_may_take()
    {
        using var silent = new SilentServer();
        await using var manager = new CacheManager(Caches.TwoLevel(silent.Url, configure: service =>
        {
            service.L2.CommandTimeout = TimeSpan.FromMilliseconds(300);
            service.L2.ConnectionTimeout = TimeSpan.FromSeconds(10);
        }));

        var watch = Stopwatch.StartNew();
        Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(1)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(600));
        watch.Restart();
        Assert.Equal(2, await manager.Things().GetOrSetAsync("k2", _ => new ValueTask<int>(2)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task A_shutdown_during_the_first_connection_ends()
    {
        using var silent = new SilentServer();
        var manager = new CacheManager(Caches.TwoLevel(silent.Url));

        await manager.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_Redis_that_was_killed_costs_no_call_and_is_found_again_when_it_is_back(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        var options = Caches.TwoLevel(server.Url);
        var logs = (LogCollector)options.LoggerFactory!;
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        await using var manager = await options.StartAsync();
        await manager.Things().SetAsync("k", 1);

        server.Kill();
        await Eventually.Is(() => logs.Texts(11).Count > 0);
        Assert.Equal(2, await manager.Things().GetOrSetAsync("k2", _ => new ValueTask<int>(2)));
        await manager.Things().SetAsync("k3", 3);

        await server.RestartEmptyAsync();
        await Eventually.Async(async () =>
        {
            await manager.Things().SetL2OnlyAsync("k4", 4);
            return await manager.Things().GetAsync<int>("k4") == 4;
        });
        Assert.Contains(logs.Lines, line => line.Event == 13);
    }

    private static OxcacheOptions NobodyThere(CacheType type)
    {
        var url = $"redis://127.0.0.1:{RedisServer.FreePort()}";
        return type == CacheType.L2 ? Caches.Remote(url) : Caches.TwoLevel(url);
    }
}
