using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Coherence;

/// <summary>A load that began before a change of its key goes to its caller, and is stored nowhere.</summary>
public sealed class LoadAgainstWriteTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    [SkippableTheory]
    [EachServer]
    public async Task A_load_that_began_before_another_instances_delete_is_stored_nowhere(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.Other.DeleteAsync("k");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_that_began_before_another_instances_set_leaves_what_was_set(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.Other.SetAsync("k", "new");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.SettledAsync();
        Assert.Equal("new", await fleet.One.GetAsync<string>("k"));
        Assert.Equal("new", await fleet.Other.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_that_began_before_another_instances_clear_is_stored_nowhere(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.Other.ClearAsync();
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_whose_lease_was_evicted_is_stored_nowhere(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await fleet.EvictAsync("k");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_across_a_restart_that_lost_everything_is_stored_nowhere(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url);
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;

        await server.RestartEmptyAsync();
        await fleet.ReconnectedAsync();
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_fill_that_a_frozen_server_runs_late_does_not_undo_a_delete(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url, Short);
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;
        await fleet.Other.DeleteAsync("k");

        server.Freeze();
        Assert.Equal("old", await load.FinishAsync());
        await fleet.SettledAsync();
        server.Thaw();
        await fleet.ReconnectedAsync();

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_whose_question_to_Redis_timed_out_is_stored_nowhere(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url, Short);
        await fleet.Other.SetAsync("warm", "up");
        server.Freeze();
        var load = fleet.BeginLoad("k", "old");
        await load.BodyRuns;
        server.Thaw();

        await fleet.Other.DeleteAsync("k");
        Assert.Equal("old", await load.FinishAsync());

        await fleet.AssertNowhereAsync("k");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_value_too_large_for_L2_that_a_delete_overtook_does_not_stay_in_L1(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var tooLarge = new string('x', Fleet.MaxValueSize + 1);
        var load = fleet.BeginLoad("k", tooLarge);
        await load.BodyRuns;
        await fleet.Other.DeleteAsync("k");
        Assert.Equal(tooLarge, await load.FinishAsync());
        await fleet.AssertNowhereAsync("k");

        var undisturbed = fleet.BeginLoad("k", tooLarge);
        await undisturbed.FinishAsync();
        await fleet.SettledAsync();
        Assert.Equal(tooLarge, fleet.InL1("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_that_a_frozen_server_did_not_answer_ends_the_value_before_it_when_it_thaws(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var fleet = await Fleet.StartAsync(server.Url, Short);
        await fleet.Other.SetAsync("k", "first");

        server.Freeze();
        await fleet.One.SetAsync("k", "given up");
        server.Thaw();
        await fleet.ReconnectedAsync();

        await fleet.SettledAsync();
        Assert.NotEqual("first", await fleet.InRedisAsync("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_that_nothing_interferes_with_is_stored_in_both_levels(ServerKind kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        var load = fleet.BeginLoad("k", "value");
        await load.BodyRuns;
        await load.FinishAsync();
        await fleet.SettledAsync();

        Assert.Equal("value", fleet.InL1("k"));
        Assert.Equal("value", await fleet.Other.GetAsync<string>("k"));
    }
}
