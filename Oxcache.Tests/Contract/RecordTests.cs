using Oxcaching.Tests.Clients;
using Oxcaching.Tests.Coherence;
using Oxcaching.Tests.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: keep records.</summary>
public sealed class RecordTests
{
    private static readonly Thing SomeThing = new(1, "żółw 🦉");

    [SkippableTheory]
    [EachL2]
    public async Task A_value_of_any_type_comes_back_as_it_was(string kind)
    {
        await using var fleet = await Fleet.StartAsync(await ServerPool.UrlAsync(kind));
        await AssertComesBackAsync(fleet, 42);
        await AssertComesBackAsync(fleet, decimal.MaxValue);
        await AssertComesBackAsync(fleet, 0.1 + 0.2);
        await AssertComesBackAsync(fleet, "a\0b \"quoted\" żółw 🦉");
        await AssertComesBackAsync(fleet, "");
        await AssertComesBackAsync(fleet, new DateTimeOffset(2030, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(-7)));
        await AssertComesBackAsync(fleet, Guid.NewGuid());
        await AssertComesBackAsync(fleet, Enumerable.Range(0, 256).Select(i => (byte)i).ToArray());
        await AssertComesBackAsync(fleet, SomeThing);
        await AssertComesBackAsync(fleet, new List<Thing> { SomeThing, new(2, "") });
        await AssertComesBackAsync(fleet, new Dictionary<string, int> { ["one"] = 1, ["two"] = 2 });
        await AssertComesBackAsync<Thing?>(fleet, null);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_value_of_eight_megabytes_comes_back(string kind)
    {
        await using var manager = await Caches.Remote(await ServerPool.UrlAsync(kind)).StartAsync();
        var large = new string('x', 8 * 1024 * 1024);
        await manager.Things().SetAsync("k", large);

        Assert.Equal(large, await manager.Things().GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task Keys_of_any_length_and_with_any_characters_are_kept_apart(string kind)
    {
        await using var manager = await Caches.Remote(await ServerPool.UrlAsync(kind)).StartAsync();
        string[] keys = ["k", "K", " ", "*", "{x}", "a b\r\nc\0", "żółw", new('x', 512), new('x', 513), new('ż', 257), new('x', 100_000), "\ud800", "\ud801", "\ufffd", "#"];
        await manager.Things().SetManyAsync(keys.Select((key, i) => KeyValuePair.Create(key, i)));

        Assert.Equal(keys.Length, (await manager.Things().GetManyAsync<int>(keys)).Count);
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, await manager.Things().GetAsync<int>(keys[i]));
            Assert.True(await manager.Things().DeleteAsync(keys[i]));
            Assert.False(await manager.Things().ExistsAsync(keys[i]));
        }
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_value_of_another_type_is_a_miss(string kind)
    {
        await using var manager = await Caches.Remote(await ServerPool.UrlAsync(kind)).StartAsync();
        await manager.Things().SetAsync("k", SomeThing);

        Assert.False((await manager.Things().TryGetAsync<OtherThing>("k")).Found);
        Assert.True((await manager.Things().TryGetAsync<Thing>("k")).Found);
    }

    [SkippableTheory]
    [EachL2]
    public async Task What_somebody_else_left_at_a_key_is_a_miss_and_is_written_over(string kind)
    {
        await using var cache = await StandingRecords.StartAsync(await ServerPool.UrlAsync(kind));
        foreach (var key in new[] { "text", "text again" })
        {
            await cache.Database.StringSetAsync(cache.RedisKey(key), "not ours, and longer than any head of ours would be, expiry and all included");
        }

        await cache.Database.ListRightPushAsync(cache.RedisKey("list"), "not ours");
        await cache.Database.HashSetAsync(cache.RedisKey("hash"), "field", "not ours");

        Assert.Equal("loaded", await cache.Things.GetOrSetAsync("text", _ => new ValueTask<string>("loaded")));
        await cache.SettledAsync();
        Assert.Equal("loaded", await cache.ReadAfreshAsync("text"));
        foreach (var key in new[] { "text again", "list", "hash" })
        {
            Assert.Null(await cache.ReadAfreshAsync(key));
            await cache.Things.SetAsync(key, "set");
            Assert.Equal("set", await cache.ReadAfreshAsync(key));
        }

        Assert.Equal(0, cache.Complaints);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_record_of_which_a_byte_was_changed_never_reads_as_another_value(string kind)
    {
        await using var cache = await StandingRecords.StartAsync(await ServerPool.UrlAsync(kind));
        await using var reader = await Caches.Remote(await ServerPool.UrlAsync(kind), cache.Prefix).StartAsync();
        await cache.Things.SetAsync("k", "value");
        var record = (byte[])(await cache.Database.StringGetAsync(cache.RedisKey("k")))!;
        for (var at = 0; at < record.Length; at++)
        {
            var changed = (byte[])record.Clone();
            changed[at] ^= 0x40;
            await cache.Database.StringSetAsync(cache.RedisKey("k"), changed);
            var read = await reader.Things().TryGetAsync<string>("k");
            Assert.True(!read.Found || read.Value == "value", $"byte {at}: '{read.Value}'");
        }

        await cache.Database.StringSetAsync(cache.RedisKey("k"), record[..^1]);
        Assert.False((await reader.Things().TryGetAsync<string>("k")).Found);
        await reader.Things().SetAsync("k", "whole");
        Assert.Equal("whole", await reader.Things().GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_clear_takes_every_key_of_the_service_and_no_other(string kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        await using var one = await Caches.Remote(url).StartAsync();
        await using var another = await Caches.Remote(url).StartAsync();
        var values = Enumerable.Range(0, 3000).Select(i => KeyValuePair.Create($"k{i}", i)).ToList();
        await one.Things().SetManyAsync(values);
        await another.Things().SetAsync("k0", 1);

        await one.Things().ClearAsync();

        Assert.Empty(await one.Things().GetManyAsync<int>(values.Select(pair => pair.Key)));
        Assert.True(await another.Things().ExistsAsync("k0"));
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_lock_is_one_instances_until_it_is_released(string kind)
    {
        var (url, prefix) = (await ServerPool.UrlAsync(kind), Caches.NewPrefix());
        await using var one = await Caches.Remote(url, prefix).StartAsync();
        await using var other = await Caches.Remote(url, prefix).StartAsync();
        var taken = await one.Things().TryLockAsync("k", TimeSpan.FromMinutes(1));

        Assert.NotNull(taken);
        Assert.Null(await other.Things().TryLockAsync("k", TimeSpan.FromMinutes(1)));
        await taken.DisposeAsync();
        Assert.NotNull(await other.Things().TryLockAsync("k", TimeSpan.FromMinutes(1)));
    }

    /// <summary>To an instance that has not got it in its memory.</summary>
    private static async Task AssertComesBackAsync<T>(Fleet fleet, T value)
    {
        var key = $"{Guid.NewGuid()}";
        await fleet.One.SetAsync(key, value);

        var read = await fleet.Other.TryGetAsync<T>(key);
        Assert.True(read.Found);
        Assert.Equal(value, read.Value);
    }
}
