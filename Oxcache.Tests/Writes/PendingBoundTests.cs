using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>What waits for a Redis that is away takes no more memory than it may: values are given up first, and never what ends an older value.</summary>
public sealed class PendingBoundTests
{
    /// <summary>Room for twice as much in memory.</summary>
    private const int WalMaxBytes = 64 * 1024;
    private const int Keys = 400;

    /// <summary>So many that not all their values have room, but what is left of them does.</summary>
    private const int Fitting = 60;
    private const int FullEvent = 16;

    private static readonly string Large = new('n', 1000);

    [SkippableTheory]
    [InlineData(ServerKind.Garnet, true)]
    [InlineData(ServerKind.Garnet, false)]
    [InlineData(ServerKind.Redis, true)]
    public async Task A_set_that_finds_no_room_is_a_delete_of_its_key(ServerKind kind, bool wal)
    {
        await using var bed = await ReplayBed.StartAsync(kind, service => service.Wal = wal, WalMaxBytes);
        await SetAllAsync(bed.Other, Fitting, "old");
        await bed.LaterAsync();
        await bed.CutOffAsync();
        await SetAllAsync(bed.One, Fitting, Large);
        var kept = await KeptAsync(bed.One, Fitting);
        Assert.InRange(kept, 1, Fitting - 1);
        Assert.Single(bed.Logs.Texts(FullEvent));

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        Assert.Equal(kept, await OthersKeptAsync(bed, Fitting));
    }

    [SkippableTheory]
    [EachServer]
    public async Task Where_not_even_deletes_have_room_all_is_cleared_once(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind, walMaxBytes: WalMaxBytes);
        await SetAllAsync(bed.Other, Keys, "old");
        await bed.Other.SetAsync("bystander", "old");
        await bed.LaterAsync();
        await bed.CutOffAsync();
        var most = 0;
        for (var i = 0; i < Keys; i++)
        {
            await bed.One.DeleteAsync($"k{i}");
            most = Math.Max(most, bed.Pending.Count);
        }

        Assert.InRange(most, 1, Keys - 1);
        Assert.True(bed.Pending.IsClearDue);
        Assert.Single(bed.Logs.Texts(FullEvent));
        Assert.Null(await bed.One.GetAsync<string>("k0"));

        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        Assert.Equal(0, await OthersKeptAsync(bed, Keys));
        await bed.OtherReadsAsync("bystander", null);
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_is_written_after_there_was_no_room_is_kept_again(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind, walMaxBytes: WalMaxBytes);
        await bed.CutOffAsync();
        for (var i = 0; i < Keys; i++)
        {
            await bed.One.DeleteAsync($"k{i}");
        }

        await bed.One.SetAsync("after", "kept");
        bed.Proxy.Heal();
        await bed.ReplayedAsync();
        await bed.OtherReadsAsync("after", "kept");
    }

    [SkippableTheory]
    [EachServer]
    public async Task While_Redis_answers_nothing_is_given_up(ServerKind kind)
    {
        await using var bed = await ReplayBed.StartAsync(kind, service => service.TwoLevel.WriteThrough = false, WalMaxBytes);
        await Task.WhenAll(Enumerable.Range(0, Keys).Select(i => bed.One.SetAsync($"k{i}", Large).AsTask()));
        await bed.ReplayedAsync();
        Assert.Equal(Keys, await KeptAsync(bed.Other, Keys));
        Assert.Empty(bed.Logs.Texts(FullEvent));
    }

    private static async Task SetAllAsync(ICacheClient client, int count, string value)
    {
        for (var i = 0; i < count; i++)
        {
            await client.SetAsync($"k{i}", value);
        }
    }

    /// <summary>The same of the other instance, as soon as it has heard of what was replayed.</summary>
    private static async Task<int> OthersKeptAsync(ReplayBed bed, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await Eventually.Async(async () => await bed.Other.GetAsync<string>($"k{i}") != "old");
        }

        return await KeptAsync(bed.Other, count);
    }

    /// <summary>How many keys have the large value; none may have an older one.</summary>
    private static async Task<int> KeptAsync(ICacheClient client, int count)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var value = await client.GetAsync<string>($"k{i}");
            Assert.NotEqual("old", value);
            kept += value == Large ? 1 : 0;
        }

        return kept;
    }
}
