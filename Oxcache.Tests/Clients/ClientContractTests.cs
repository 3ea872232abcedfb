using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Clients;

/// <summary>What every client keeps to, whatever levels it has.</summary>
public sealed class ClientContractTests
{
    public static TheoryData<CacheType> Types => [CacheType.L1, CacheType.L2, CacheType.TwoLevel];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task What_was_set_is_read(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync("k", new Thing(1, "one"));

        Assert.Equal(new Thing(1, "one"), await manager.Things().GetAsync<Thing>("k"));
        Assert.True(await manager.Things().ExistsAsync("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_key_that_is_not_there_is_a_miss(CacheType type)
    {
        await using var manager = await StartAsync(type);

        Assert.Null(await manager.Things().GetAsync<Thing>("k"));
        Assert.Equal(0, await manager.Things().GetAsync<int>("k"));
        Assert.False((await manager.Things().TryGetAsync<Thing>("k")).Found);
        Assert.False(await manager.Things().ExistsAsync("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_cached_null_is_not_a_miss(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync<Thing?>("k", null);

        var lookup = await manager.Things().TryGetAsync<Thing?>("k");
        Assert.True(lookup.Found);
        Assert.Null(lookup.Value);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_null_result_is_cached(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var runs = 0;
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await manager.Things().GetOrSetAsync<Thing?>("k", _ => new((Thing?)(runs++ < 0 ? new Thing(1, "") : null))));
        }

        Assert.Equal(1, runs);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task With_cache_null_off_a_null_is_not_stored_and_deletes_what_is_there(CacheType type)
    {
        await using var manager = await StartAsync(type, service => service.CacheNull = false);
        await manager.Things().SetAsync<Thing?>("k", new Thing(1, "one"));
        await manager.Things().SetAsync<Thing?>("k", null);
        Assert.False(await manager.Things().ExistsAsync("k"));

        await manager.Things().GetOrSetAsync<Thing?>("k", _ => new((Thing?)null));
        Assert.False(await manager.Things().ExistsAsync("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_value_stored_as_another_type_is_a_miss_and_is_overwritten(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync("k", new Thing(1, "one"));

        Assert.Null(await manager.Things().GetAsync<OtherThing>("k"));
        Assert.Equal(new OtherThing(2), await manager.Things().GetOrSetAsync("k", _ => new ValueTask<OtherThing>(new OtherThing(2))));
        Assert.Equal(new OtherThing(2), await manager.Things().GetAsync<OtherThing>("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_deleted_key_is_gone_and_deleting_tells_whether_it_was_there(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync("k", 1);

        Assert.True(await manager.Things().DeleteAsync("k"));
        Assert.False(await manager.Things().ExistsAsync("k"));
        Assert.False(await manager.Things().DeleteAsync("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task After_a_delete_a_load_is_stored_again(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().DeleteAsync("k");
        await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(7));

        Assert.Equal(7, await manager.Things().GetAsync<int>("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Clear_deletes_every_key_of_the_service_and_no_other(CacheType type)
    {
        await using var manager = await StartAsync(type, configureOptions: AddNeighbours);
        foreach (var service in manager.Services)
        {
            for (var i = 0; i < 50; i++)
            {
                await manager.GetClient(service).SetAsync($"k{i}", i);
            }
        }

        await manager.Things().ClearAsync();

        Assert.False(await manager.Things().ExistsAsync("k0"));
        Assert.False(await manager.Things().ExistsAsync("k49"));
        Assert.True(await manager.GetClient("things2").ExistsAsync("k0"));
        Assert.True(await manager.GetClient("thing").ExistsAsync("k49"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_null_or_empty_key_is_refused(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var things = manager.Things();
        foreach (var key in new[] { null!, "" })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.GetAsync<int>(key));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.TryGetAsync<int>(key));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.SetAsync(key, 1));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.GetOrSetAsync(key, _ => new ValueTask<int>(1)));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.DeleteAsync(key));
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await things.ExistsAsync(key));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_ttl_of_zero_or_of_more_than_30_days_is_refused(CacheType type)
    {
        await using var manager = await StartAsync(type);
        foreach (var ttl in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromDays(30.1) })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await manager.Things().SetAsync("k", 1, ttl));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
                async () => await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(1), ttl));
        }
    }

    [Theory]
    [InlineData(CacheType.L1)]
    [InlineData(CacheType.TwoLevel)]
    public async Task L1_hands_out_the_stored_instance_itself(CacheType type)
    {
        await using var manager = await StartAsync(type);
        var thing = new Thing(1, "one");
        await manager.Things().SetAsync("k", thing);

        Assert.Same(thing, await manager.Things().GetAsync<Thing>("k"));
    }

    [Theory]
    [InlineData(CacheType.L1)]
    [InlineData(CacheType.TwoLevel)]
    public async Task A_hit_answers_though_the_token_is_cancelled(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync("k", 1);
        var cancelled = new CancellationToken(canceled: true);

        Assert.Equal(1, await manager.Things().GetAsync<int>("k", cancelled));
        Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(2), ct: cancelled));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_miss_with_a_cancelled_token_runs_no_factory(CacheType type)
    {
        await using var manager = await StartAsync(type);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await manager.Things().GetOrSetAsync<int>("k", _ => throw new InvalidOperationException("ran"), ct: new CancellationToken(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Tuples_keep_their_items(CacheType type)
    {
        await using var manager = await StartAsync(type);
        await manager.Things().SetAsync("k", (1, "two", double.NaN));

        Assert.Equal((1, "two", double.NaN), await manager.Things().GetAsync<(int, string, double)>("k"));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task After_a_shutdown_reads_miss_and_writes_do_nothing(CacheType type)
    {
        var manager = await StartAsync(type);
        var things = manager.Things();
        await things.SetAsync("k", 1);
        await manager.ShutdownAsync();
        await manager.ShutdownAsync();

        await things.SetAsync("k", 2);
        Assert.Equal(0, await things.GetAsync<int>("k"));
        Assert.Equal(3, await things.GetOrSetAsync("k", _ => new ValueTask<int>(3)));
    }

    private static async Task<CacheManager> StartAsync(
        CacheType type, Action<ServiceOptions>? configure = null, Action<OxcacheOptions>? configureOptions = null)
    {
        var url = type == CacheType.L1 ? "" : await ServerPool.UrlAsync();
        var options = type switch
        {
            CacheType.L1 => Caches.Local(configure),
            CacheType.L2 => Caches.Remote(url, configure: configure),
            _ => Caches.TwoLevel(url, configure: configure),
        };
        configureOptions?.Invoke(options);
        return await options.StartAsync();
    }

    private static void AddNeighbours(OxcacheOptions options)
    {
        options.Services["things2"] = options.Services[Caches.Service];
        options.Services["thing"] = options.Services[Caches.Service];
    }
}
