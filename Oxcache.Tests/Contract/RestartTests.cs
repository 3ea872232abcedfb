using Oxcaching.Tests.Coherence;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: be there again after a restart, though it has lost what it had.</summary>
public sealed class RestartTests
{
    [SkippableTheory]
    [EachL2]
    public async Task A_server_that_was_restarted_is_found_and_used_again(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url);

        await server.RestartEmptyAsync();
        await fleet.ReconnectedAsync();

        await Eventually.Async(async () =>
        {
            await fleet.One.SetAsync("k", "v");
            return await fleet.InRedisAsync("k") == "v";
        });
        await fleet.Other.SetAsync("k", "new");
        await Eventually.Async(async () => await fleet.One.GetAsync<string>("k") == "new");
    }

    [SkippableTheory]
    [EachL2]
    public async Task What_a_restart_lost_is_a_miss_and_what_was_written_meanwhile_arrives(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind);
        var prefix = Caches.NewPrefix();
        await using var manager = await Caches.TwoLevel(server.Url, prefix).StartAsync();
        await manager.Things().SetL2OnlyAsync("lost", "v");
        await server.StopAsync();
        await Eventually.Async(async () =>
        {
            await manager.Things().ExistsAsync("probe");
            return manager.Health.State == HealthState.Degraded;
        });
        await manager.Things().SetAsync("written meanwhile", "v");
        Assert.Equal("v", await manager.Things().GetAsync<string>("written meanwhile"));

        await server.RestartEmptyAsync();
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });

        await using var other = await Caches.Remote(server.Url, prefix).StartAsync();
        Assert.Equal("v", await other.Things().GetAsync<string>("written meanwhile"));
        Assert.False((await manager.Things().TryGetAsync<string>("lost")).Found);
        Assert.Equal("loaded", await manager.Things().GetOrSetAsync("lost", _ => new ValueTask<string>("loaded")));
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_load_across_a_restart_is_stored_nowhere(string kind)
    {
        await using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url);
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await server.RestartEmptyAsync();
        await fleet.ReconnectedAsync();
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }
}
