using Oxcaching.Local;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Clients;

/// <summary>How the two levels work together.</summary>
public sealed class TwoLevelTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_hit_in_L2_is_copied_into_L1_unless_promote_on_hit_is_off(bool promote)
    {
        await using var pair = await Pair.StartAsync(service => service.TwoLevel.PromoteOnHit = promote);
        await pair.SetByOneAsync("k", 1);

        Assert.Equal(1, await pair.Two.GetAsync<int>("k"));
        Assert.Equal(promote, pair.TwoHasInL1("k"));
    }

    [Fact]
    public async Task A_load_that_finds_the_value_in_L2_does_not_run_the_factory()
    {
        await using var pair = await Pair.StartAsync();
        await pair.SetByOneAsync("k", 1);

        Assert.Equal(1, await pair.Two.GetOrSetAsync<int>("k", _ => throw new InvalidOperationException("ran")));
        Assert.True(pair.TwoHasInL1("k"));
    }

    [Fact]
    public async Task SetL1Only_leaves_L2_alone()
    {
        await using var pair = await Pair.StartAsync();
        await pair.One.SetL1OnlyAsync("k", 1);

        Assert.Equal(1, await pair.One.GetAsync<int>("k"));
        Assert.False(await pair.Two.ExistsAsync("k"));
    }

    [Fact]
    public async Task SetL2Only_drops_what_L1_holds()
    {
        await using var pair = await Pair.StartAsync();
        await pair.One.SetAsync("k", 1);
        await pair.One.SetL2OnlyAsync("k", 2);

        Assert.Equal(2, await pair.One.GetAsync<int>("k"));
        Assert.Equal(2, await pair.Two.GetAsync<int>("k"));
    }

    [Fact]
    public async Task Writes_to_one_level_refuse_an_empty_key_too()
    {
        await using var pair = await Pair.StartAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pair.One.SetL1OnlyAsync("", 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await pair.One.SetL2OnlyAsync(null!, 1));
    }

    [Fact]
    public async Task An_entry_in_L1_lives_no_longer_than_the_value_in_L2()
    {
        var time = new ManualTime();
        await using var pair = await Pair.StartAsync(service => service.L1.Ttl = TimeSpan.FromSeconds(300), time);
        await pair.SetByOneAsync("k", 1, TimeSpan.FromSeconds(100));

        // As this instance's clock has it; Redis, whose clock goes on as usual, still has the value.
        Assert.Equal(1, await pair.Two.GetAsync<int>("k"));
        Assert.True(pair.TwoHasInL1("k"));
        time.Advance(TimeSpan.FromSeconds(101));
        Assert.False(pair.TwoHasInL1("k"));
    }

    [Fact]
    public async Task A_ttl_given_with_the_call_caps_L1()
    {
        var time = new ManualTime();
        await using var pair = await Pair.StartAsync(time: time);
        await pair.Two.SetAsync("k", 1, TimeSpan.FromSeconds(5));

        Assert.True(pair.TwoHasInL1("k"));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(pair.TwoHasInL1("k"));
    }

    [Fact]
    public async Task The_ttl_of_L1_caps_a_longer_one_given_with_the_call()
    {
        var time = new ManualTime();
        await using var pair = await Pair.StartAsync(service => service.L1.Ttl = TimeSpan.FromSeconds(5), time);
        await pair.Two.SetAsync("k", 1, TimeSpan.FromSeconds(100));

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(pair.TwoHasInL1("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_value_in_L2_is_gone_when_its_ttl_is_over_though_Redis_keeps_the_record_longer(ServerKind kind)
    {
        await using var manager = await Caches.Remote(await ServerPool.UrlAsync(kind)).StartAsync();
        await manager.Things().SetAsync("k", 1, TimeSpan.FromMilliseconds(300));
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));

        await Eventually.Async(async () => !await manager.Things().ExistsAsync("k"));
        Assert.Equal(0, await manager.Things().GetAsync<int>("k"));
        Assert.Equal(2, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(2)));
        await manager.WhenIdleAsync();
        Assert.Equal(2, await manager.Things().GetAsync<int>("k"));
    }

    [Fact]
    public async Task Writes_that_overlap_leave_in_L1_what_Redis_has_or_nothing()
    {
        await using var pair = await Pair.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => pair.One.SetAsync("k", i).AsTask()));
            Assert.Equal(await pair.Two.GetAsync<int>("k"), await pair.One.GetAsync<int>("k"));
            await pair.Two.ClearAsync();
        }
    }

    [Fact]
    public async Task The_L1_only_client_of_an_L1_service_refuses_writes_to_L2()
    {
        await using var manager = await Caches.Local().StartAsync();

        var e = await Assert.ThrowsAsync<NotSupportedException>(async () => await manager.Things().SetL2OnlyAsync("k", 1));
        Assert.Equal("Service 'things' has no L2: its cache_type is \"l1\".", e.Message);
    }

    [Fact]
    public async Task The_L2_only_client_of_an_L2_service_refuses_writes_to_L1()
    {
        await using var manager = await Caches.Remote(await ServerPool.UrlAsync()).StartAsync();

        var e = await Assert.ThrowsAsync<NotSupportedException>(async () => await manager.Things().SetL1OnlyAsync("k", 1));
        Assert.Equal("Service 'things' has no L1: its cache_type is \"l2\".", e.Message);
    }

    /// <summary>Two instances on one Redis; the second one's time may be the test's.</summary>
    private sealed class Pair(CacheManager one, CacheManager two) : IAsyncDisposable
    {
        public ICacheClient One => one.Things();

        public ICacheClient Two => two.Things();

        public static async Task<Pair> StartAsync(Action<ServiceOptions>? configure = null, ManualTime? time = null)
        {
            var url = await ServerPool.UrlAsync();
            var prefix = Caches.NewPrefix();
            var second = Caches.TwoLevel(url, prefix, configure);
            second.TimeProvider = time ?? TimeProvider.System;
            return new Pair(await Caches.TwoLevel(url, prefix, configure).StartAsync(), await second.StartAsync());
        }

        /// <summary>Sets, and waits until the other instance has heard of it.</summary>
        public async Task SetByOneAsync(string key, int value, TimeSpan? ttl = null)
        {
            await Two.SetL1OnlyAsync(key, -1);
            await One.SetAsync(key, value, ttl);
            await Eventually.Is(() => !TwoHasInL1(key));
        }

        public bool TwoHasInL1(string key) =>
            two.TryGetClient(Caches.Service, out var client) && client.Front!.Find(key) is LocalEntry<int>;

        public async ValueTask DisposeAsync()
        {
            await one.DisposeAsync();
            await two.DisposeAsync();
        }
    }
}
