using Oxcaching.Tests.Coherence;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: tell the other instances what one has changed.</summary>
public sealed class PublishTests
{
    [SkippableTheory]
    [EachL2]
    public async Task A_set_drops_what_another_instance_has_in_L1(string kind)
    {
        await using var fleet = await FleetWithValueInL1Async(kind);
        await fleet.Other.SetAsync("k", "new");

        await Eventually.Is(() => fleet.InL1("k") is null);
        Assert.Equal("new", await fleet.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task So_does_a_delete(string kind)
    {
        await using var fleet = await FleetWithValueInL1Async(kind);
        await fleet.Other.DeleteAsync("k");

        await Eventually.Is(() => fleet.InL1("k") is null);
        Assert.Null(await fleet.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task So_do_sets_and_deletes_of_many_keys_at_once(string kind)
    {
        await using var fleet = await FleetWithValueInL1Async(kind);
        await fleet.One.SetAsync("k2", "old");
        await fleet.Other.SetManyAsync([KeyValuePair.Create("k", "new"), KeyValuePair.Create("k3", "new")]);
        await fleet.Other.DeleteManyAsync(["k2", "k4"]);

        await Eventually.Is(() => fleet.InL1("k") is null && fleet.InL1("k2") is null);
    }

    [SkippableTheory]
    [EachL2]
    public async Task So_does_a_clear(string kind)
    {
        await using var fleet = await FleetWithValueInL1Async(kind);
        await fleet.Other.ClearAsync();

        await Eventually.Is(() => fleet.InL1("k") is null);
        Assert.Null(await fleet.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task An_instance_is_healthy_once_its_own_messages_come_back(string kind)
    {
        await using var manager = await Caches.TwoLevel(await ServerPool.UrlAsync(kind)).StartAsync();

        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        Assert.Null(manager.Health.LastError);
    }

    private static async Task<Fleet> FleetWithValueInL1Async(string kind)
    {
        var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        await fleet.One.SetAsync("k", "old");
        Assert.Equal("old", fleet.InL1("k"));
        return fleet;
    }
}
