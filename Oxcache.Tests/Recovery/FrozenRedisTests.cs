using System.Diagnostics;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>A Redis that was stopped in its tracks (SIGSTOP): connections stay open, nothing is answered.</summary>
[Collection(Undisturbed.Name)]
public sealed class FrozenRedisTests
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(200);

    [SkippableTheory]
    [EachServer]
    public async Task No_call_takes_longer_than_command_timeout(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        await WarmUpAsync(manager);
        server.Freeze();
        try
        {
            foreach (var (name, call) in Calls(manager.Things()))
            {
                var watch = Stopwatch.StartNew();
                await call();
                Assert.True(watch.Elapsed <= CommandTimeout + Allowance, $"{name} took {watch.Elapsed.TotalMilliseconds:0} ms");
            }
        }
        finally
        {
            server.Thaw();
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_a_clear_that_notices_it_first(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        await WarmUpAsync(manager);
        server.Freeze();
        try
        {
            var watch = Stopwatch.StartNew();
            await manager.Things().ClearAsync();
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, CommandTimeout + Allowance);
        }
        finally
        {
            server.Thaw();
        }
    }

    [SkippableTheory]
    [EachServer]
    public Task After_three_timeouts_no_call_waits_until_it_answers_again(ServerKind kind) =>
        AssertWaitsEndAsync(kind, static async (things, key) => await things.GetOrSetAsync(key, _ => new ValueTask<int>(1)));

    [SkippableTheory]
    [EachServer]
    public Task After_three_timeouts_of_look_ups_alone_no_call_waits_either(ServerKind kind) =>
        AssertWaitsEndAsync(kind, static async (things, key) => await things.TryGetAsync<int>(key));

    [SkippableTheory]
    [EachServer]
    public Task After_three_timeouts_of_peeks_alone_no_call_waits_either(ServerKind kind) =>
        AssertWaitsEndAsync(kind, static async (things, key) => await things.ExistsAsync(key));

    [SkippableTheory]
    [EachServer]
    public async Task A_hit_in_L1_does_not_notice(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        await manager.Things().SetAsync("k", 1);
        server.Freeze();
        try
        {
            var hit = manager.Things().GetAsync<int>("k");
            Assert.True(hit.IsCompletedSuccessfully);
            Assert.Equal(1, await hit);
        }
        finally
        {
            server.Thaw();
        }
    }

    private static async Task AssertWaitsEndAsync(ServerKind kind, Func<ICacheClient, string, Task> call)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        await WarmUpAsync(manager);
        server.Freeze();
        var slow = 0;
        for (var i = 0; i < 50; i++)
        {
            var watch = Stopwatch.StartNew();
            await call(manager.Things(), $"frozen{i}");
            slow += watch.Elapsed > CommandTimeout / 2 ? 1 : 0;
        }

        Assert.InRange(slow, 1, 3);
        server.Thaw();
        await Eventually.Async(async () =>
        {
            await manager.Things().SetL2OnlyAsync("thawed", 1);
            return await manager.Things().GetAsync<int>("thawed") == 1;
        });
    }

    private static IEnumerable<(string Name, Func<Task> Call)> Calls(ICacheClient things)
    {
        yield return ("GetOrSetAsync", async () => await things.GetOrSetAsync("a", _ => new ValueTask<int>(1)));
        yield return ("SetAsync", async () => await things.SetAsync("b", 1));
        yield return ("GetAsync", async () => await things.GetAsync<int>("c"));
        yield return ("DeleteAsync", async () => await things.DeleteAsync("d"));
        yield return ("ExistsAsync", async () => await things.ExistsAsync("e"));
        yield return ("ClearAsync", async () => await things.ClearAsync());
    }

    /// <summary>So that no time is spent on compiling what is timed later. The first calls of a process may take longer than the timeout; what comes of that is to be over.</summary>
    private static async Task WarmUpAsync(CacheManager manager)
    {
        foreach (var (_, call) in Calls(manager.Things()))
        {
            await call();
        }

        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
    }

    private static OxcacheOptions Options(RedisServer server)
    {
        var options = Caches.TwoLevel(server.Url, configure: service => service.L2.CommandTimeout = CommandTimeout);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        return options;
    }
}
