using Oxcaching.Configuration;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Contract;

/// <summary>What an L2 must do: forget in time.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [SkippableTheory]
    [EachL2]
    public async Task A_record_has_the_ttl_of_its_value(string kind)
    {
        var options = Caches.Remote(await ServerPool.UrlAsync(kind));
        await using var manager = await options.StartAsync();
        using var redis = await ConnectAsync(kind);
        await manager.Things().SetAsync("k", 1, Long);

        Assert.InRange((await redis.GetDatabase().KeyTimeToLiveAsync(Key(options, "k")))!.Value, Long - TimeSpan.FromMinutes(1), Long);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_record_that_a_load_filled_has_it_too(string kind)
    {
        var options = Caches.Remote(await ServerPool.UrlAsync(kind));
        await using var manager = await options.StartAsync();
        using var redis = await ConnectAsync(kind);
        await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(1), Long);
        await manager.WhenIdleAsync();

        Assert.InRange((await redis.GetDatabase().KeyTimeToLiveAsync(Key(options, "k")))!.Value, Long - TimeSpan.FromMinutes(1), Long);
    }

    [SkippableTheory]
    [EachL2]
    public async Task A_value_is_gone_when_its_ttl_is_over_though_its_record_stands(string kind)
    {
        var options = Caches.Remote(await ServerPool.UrlAsync(kind));
        await using var manager = await options.StartAsync();
        using var redis = await ConnectAsync(kind);
        await manager.Things().SetAsync("k", 1, Short);
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));

        await Eventually.Async(async () => !await manager.Things().ExistsAsync("k"));
        Assert.False((await manager.Things().TryGetAsync<int>("k")).Found);
        Assert.True(await redis.GetDatabase().KeyExistsAsync(Key(options, "k")));
        Assert.Equal(2, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(2)));
    }

    [SkippableTheory]
    [EachL2]
    public async Task Records_leave_Redis_by_themselves(string kind)
    {
        var options = Caches.Remote(await ServerPool.UrlAsync(kind));
        options.Rules = ProtocolRules.All with { TombstoneLife = Short };
        await using var manager = await options.StartAsync();
        using var redis = await ConnectAsync(kind);
        await manager.Things().SetAsync("value", 1, Short);
        await manager.Things().DeleteAsync("tombstone");

        await Eventually.Async(async () =>
            !await redis.GetDatabase().KeyExistsAsync(Key(options, "value")) && !await redis.GetDatabase().KeyExistsAsync(Key(options, "tombstone")));
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(string kind) =>
        await ConnectionMultiplexer.ConnectAsync((await ServerPool.UrlAsync(kind))["redis://".Length..]);

    private static string Key(OxcacheOptions options, string key) => $"{options.KeyPrefix}:{Caches.Service}:{key}";
}
