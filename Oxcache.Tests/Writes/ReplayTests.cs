using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>What was written while Redis was away reaches it, by this process or the next, unless somebody wrote later.</summary>
public sealed class ReplayTests
{
    [SkippableTheory]
    [EachServer]
    public async Task A_set_while_Redis_is_away_is_read_here_at_once_and_everywhere_when_it_is_back(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.CutOffAsync();
        await bed.One.SetAsync("k", "written");
        Assert.Equal("written", await bed.One.GetAsync<string>("k"));
        Assert.True(await bed.One.ExistsAsync("k"));
        Assert.Null(await bed.Other.GetAsync<string>("k"));

        bed.Proxy.Heal();
        await Eventually.Async(async () => await bed.Other.GetAsync<string>("k") == "written");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_delete_while_Redis_is_away_binds_others_when_it_is_back(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.Other.SetAsync("k", "old");
        await bed.CutOffAsync();
        await bed.One.DeleteAsync("k");
        Assert.Null(await bed.One.GetAsync<string>("k"));
        Assert.Equal("old", await bed.Other.GetAsync<string>("k"));

        bed.Proxy.Heal();
        await Eventually.Async(async () => await bed.Other.GetAsync<string>("k") is null);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_clear_while_Redis_is_away_binds_others_when_it_is_back(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.Other.SetAsync("k", "old");
        await bed.CutOffAsync();
        await bed.One.ClearAsync();
        await bed.One.SetAsync("later", "kept");

        bed.Proxy.Heal();
        await Eventually.Async(async () => await bed.Other.GetAsync<string>("k") is null && await bed.Other.GetAsync<string>("later") == "kept");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_right_after_a_clear_stays_though_the_time_in_Redis_was_badly_known_then(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.CutOffAsync();
        bed.Mislead(TimeSpan.FromMilliseconds(-300));
        await bed.One.ClearAsync();
        await bed.One.SetAsync("k", "written");

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        await bed.OtherReadsAsync("k", "written");
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_another_instance_wrote_later_stays(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.CutOffAsync();
        await bed.One.SetAsync("set", "earlier");
        await bed.One.DeleteAsync("deleted");
        await bed.One.SetAsync("deleted later", "earlier");
        await bed.LaterAsync();
        await bed.Other.SetAsync("set", "later");
        await bed.Other.SetAsync("deleted", "later");
        await bed.Other.DeleteAsync("deleted later");

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        Assert.Equal("later", await bed.One.GetAsync<string>("set"));
        await bed.OtherReadsAsync("set", "later");
        await bed.OtherReadsAsync("deleted", "later");
        await bed.OtherReadsAsync("deleted later", null);
        Assert.Null(await bed.One.GetAsync<string>("deleted later"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_value_that_expired_meanwhile_still_ends_the_one_before_it(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.Other.SetAsync("k", "old");
        await bed.CutOffAsync();
        await bed.One.SetAsync("k", "short", TimeSpan.FromMilliseconds(50));
        await Eventually.Async(async () => await bed.One.GetAsync<string>("k") is null);

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        await bed.OtherReadsAsync("k", null);
    }

    [SkippableTheory]
    [EachServer]
    public async Task The_next_process_reads_and_replays_what_the_last_one_left(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.Other.SetAsync("deleted", "old");
        await bed.CutOffAsync();
        await bed.One.SetAsync("set", "left");
        await bed.One.DeleteAsync("deleted");
        await bed.RestartOneAsync();
        Assert.Equal("left", await bed.One.GetAsync<string>("set"));
        Assert.Null(await bed.One.GetAsync<string>("deleted"));
        Assert.Equal("old", await bed.Other.GetAsync<string>("deleted"));

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        await bed.OtherReadsAsync("set", "left");
        await bed.OtherReadsAsync("deleted", null);
    }

    [SkippableTheory]
    [EachServer]
    public async Task The_next_process_does_not_read_what_has_expired_though_Redis_is_still_away(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.CutOffAsync();
        await bed.One.SetAsync("k", "left", TimeSpan.FromSeconds(1));
        await bed.RestartOneAsync();

        await Eventually.Async(async () => await bed.One.GetAsync<string>("k") is null);
        Assert.False(await bed.One.ExistsAsync("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task The_next_process_yields_to_what_others_wrote_in_between(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind);
        await bed.CutOffAsync();
        await bed.One.SetAsync("k", "left");
        await bed.RestartOneAsync();
        await bed.LaterAsync();
        await bed.Other.SetAsync("k", "later");

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        await bed.OtherReadsAsync("k", "later");
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_shutdown_sends_what_is_queued(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind, service => service.TwoLevel.WriteThrough = false);
        for (var i = 0; i < 100; i++)
        {
            await bed.One.SetAsync($"k{i}", i);
        }

        await bed.StopOneAsync();
        Assert.Equal(99, await bed.Other.GetAsync<int>("k99"));
        Assert.Equal(100, (await bed.Other.GetManyAsync<int>(Enumerable.Range(0, 100).Select(i => $"k{i}"))).Count);
    }
}
