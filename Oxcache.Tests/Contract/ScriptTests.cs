using Oxcaching.Remote;
using Oxcaching.Tests.Coherence;
using Oxcaching.Tests.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: run the scripts, which decide what is stored.</summary>
public sealed class ScriptTests
{
    [SkippableTheory]
    [EachL2]
    public async Task A_delete_beats_the_fill_of_a_load_that_began_before_it(string kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.Other.DeleteAsync("k");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachL2]
    public async Task So_does_a_clear(string kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.Other.ClearAsync();
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_load_leaves_a_lease_and_fills_over_it(string kind)
    {
        await using var cache = await StandingRecords.StartAsync(await ServerPool.UrlAsync(kind));
        var load = new HeldLoad(cache.Things, "k", "value");
        await load.BodyRuns;
        Assert.Equal(RecordKind.Lease, (await cache.HeadAsync("k")).Kind);

        await load.FinishAsync();
        await cache.SettledAsync();
        Assert.Equal(RecordKind.Value, (await cache.HeadAsync("k")).Kind);
        Assert.Equal("value", await cache.ReadAfreshAsync("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task With_distributed_single_flight_one_instance_waits_for_the_load_of_another(string kind)
    {
        var (url, prefix) = (await ServerPool.UrlAsync(kind), Caches.NewPrefix());
        await using var one = await Caches.TwoLevel(url, prefix, service => service.DistributedSingleFlight = true).StartAsync();
        await using var other = await Caches.TwoLevel(url, prefix, service => service.DistributedSingleFlight = true).StartAsync();
        var load = new HeldLoad(one.Things(), "k", "value of the one");
        await load.BodyRuns;

        var waiter = other.Things().GetOrSetAsync("k", _ => new ValueTask<string>("value of the other"));
        Assert.False(waiter.IsCompleted);
        await load.FinishAsync();
        Assert.Equal("value of the one", await waiter);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_server_that_forgot_the_scripts_is_told_them_again(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url);
        await fleet.One.SetAsync("deleted", "v");
        for (var round = 0; round < 3; round++)
        {
            await RedisConsole.AskAsync(server.Port, "SCRIPT", "FLUSH");
            await fleet.One.SetAsync("set", $"{round}");
            Assert.Equal($"{round}", await fleet.InRedisAsync("set"));

            await RedisConsole.AskAsync(server.Port, "SCRIPT", "FLUSH");
            Assert.Equal("loaded", await fleet.One.GetOrSetAsync($"loaded {round}", _ => new ValueTask<string>("loaded")));
            await fleet.SettledAsync();
            Assert.Equal("loaded", await fleet.InRedisAsync($"loaded {round}"));
        }

        await RedisConsole.AskAsync(server.Port, "SCRIPT", "FLUSH");
        Assert.True(await fleet.One.DeleteAsync("deleted"));
        Assert.Null(await fleet.InRedisAsync("deleted"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_delete_beats_the_fill_though_the_scripts_were_forgotten_in_between(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url);
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;
        await fleet.Other.DeleteAsync("k");

        await RedisConsole.AskAsync(server.Port, "SCRIPT", "FLUSH");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }
}
