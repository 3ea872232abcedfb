using Oxcaching.Tests.FrontDoor;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

/// <summary>The front that answers by the arguments themselves, called here as the weaver writes it.</summary>
[Collection(StaticCache.Name)]
public sealed class FrontedMethodTests : IAsyncLifetime
{
    private int _runs;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    [Fact]
    public async Task After_a_hit_by_key_the_front_answers_with_the_same_task()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<long>>();
        await CallAsync(site, new(42), "k42");
        Assert.False(InFront(site, new(42)));

        var hit = CallAsync(site, new(42), "k42");
        Assert.True(InFront(site, new(42)));
        Assert.Same(hit, CallAsync(site, new(42), "k42"));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task Other_arguments_are_not_answered()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<string?, int>>();
        await FillAsync(site, new("a", 1), "a1");

        Assert.True(InFront(site, new("a", 1)));
        Assert.True(InFront(site, new(new string('a', 1), 1)));
        Assert.False(InFront(site, new("a", 2)));
        Assert.False(InFront(site, new("b", 1)));
        Assert.False(InFront(site, new(null, 1)));
    }

    [Fact]
    public async Task Equal_values_with_different_keys_are_different()
    {
        Oxcache.Init(Caches.Local());
        var doubles = Site<FrontArguments<double>>();
        await FillAsync(doubles, new(0.0), "0");
        Assert.False(InFront(doubles, new(-0.0)));

        var decimals = Site<FrontArguments<decimal>>();
        await FillAsync(decimals, new(1.0m), "1.0");
        Assert.False(InFront(decimals, new(1.00m)));

        var times = Site<FrontArguments<DateTime>>();
        await FillAsync(times, new(new DateTime(1, DateTimeKind.Utc)), "utc");
        Assert.False(InFront(times, new(new DateTime(1, DateTimeKind.Local))));
    }

    [Fact]
    public async Task A_value_of_any_size_is_compared_whole()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<Guid, byte, char, DateTimeOffset>>();
        var (guid, time) = (Guid.NewGuid(), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.FromHours(1)));
        await FillAsync(site, new(guid, 1, 'x', time), "k");

        Assert.True(InFront(site, new(guid, 1, 'x', time)));
        Assert.False(InFront(site, new(Guid.NewGuid(), 1, 'x', time)));
        Assert.False(InFront(site, new(guid, 2, 'x', time)));
        Assert.False(InFront(site, new(guid, 1, 'y', time)));
        Assert.False(InFront(site, new(guid, 1, 'x', time.ToOffset(TimeSpan.Zero))));
    }

    [Fact]
    public async Task Arguments_that_cannot_be_compared_are_never_kept()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<object>>();
        var argument = new object();
        await FillAsync(site, new(argument), "k");

        Assert.False(InFront(site, new(argument)));
    }

    [Fact]
    public async Task A_deleted_replaced_cleared_or_expired_entry_is_not_answered()
    {
        var time = new ManualTime();
        var options = Caches.Local();
        options.TimeProvider = time;
        Oxcache.Init(options);
        var things = Oxcache.GetClient("things");
        var site = Site<FrontArguments<long>>();

        await FillAsync(site, new(1), "k");
        await things.DeleteAsync("k");
        Assert.False(InFront(site, new(1)));

        await FillAsync(site, new(1), "k");
        await things.SetAsync("k", "set");
        Assert.False(InFront(site, new(1)));

        await FillAsync(site, new(1), "k");
        await things.ClearAsync();
        Assert.False(InFront(site, new(1)));

        await FillAsync(site, new(1), "k");
        time.Advance(TimeSpan.FromSeconds(299));
        Assert.True(InFront(site, new(1)));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(InFront(site, new(1)));
    }

    [Fact]
    public async Task An_entry_in_doubt_is_not_answered()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<long>>();
        await FillAsync(site, new(1), "k");
        Assert.True(InFront(site, new(1)));
        Oxcache.Current!.Parts[0].Local!.Doubt();

        Assert.False(InFront(site, new(1)));
        Assert.Equal("value 2", await CallAsync(site, new(1), "k"));
    }

    [Fact]
    public async Task After_a_second_Init_the_old_entries_are_not_answered()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments>();
        await FillAsync(site, default, "k");
        Assert.True(InFront(site, default));
        Oxcache.Init(Caches.Local());

        Assert.False(InFront(site, default));
        Assert.Equal("value 2", await CallAsync(site, default, "k"));
    }

    [Fact]
    public async Task With_the_lru_engine_the_front_stays_empty()
    {
        Oxcache.Init(Caches.Local(service => service.L1.Eviction = EvictionPolicy.Lru));
        var site = Site<FrontArguments<long>>();
        await FillAsync(site, new(1), "k");

        Assert.False(InFront(site, new(1)));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task It_grows_until_most_calls_are_answered()
    {
        const int Calls = 5000;
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<long>>();
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < Calls; i++)
            {
                await CallAsync(site, new(i), $"k{i}");
            }
        }

        var answered = Enumerable.Range(0, Calls).Count(i => InFront(site, new(i)));
        Assert.InRange(answered, Calls * 8 / 10, Calls);
        Assert.Equal(Calls, _runs);
    }

    [Fact]
    public async Task A_value_that_was_deleted_is_not_kept_alive_beyond_the_next_sweep()
    {
        var time = new ManualTime();
        var options = Caches.Local();
        options.TimeProvider = time;
        Oxcache.Init(options);
        var site = Site<FrontArguments<long>>();
        var value = await KeepAndDeleteAsync(site);
        await Eventually.Is(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            GC.Collect();
            return !value.IsAlive;
        });
    }

    [Fact]
    public async Task A_hit_in_the_front_allocates_nothing_for_a_Task_and_for_a_ValueTask()
    {
        Oxcache.Init(Caches.Local());
        var site = Site<FrontArguments<string, long>>();
        await FillAsync(site, new("a", 1), "k");

        Assert.Equal(0, Allocations.PerCall(() => InFront(site, new("a", 1))));
        Assert.Equal(0, Allocations.PerCall(() =>
        {
            var arguments = new FrontArguments<string, long>("a", 1);
            site.TryGetValueTask(ref arguments, out _);
        }));
    }

    private static FrontedMethod<string, TArguments> Site<TArguments>()
        where TArguments : struct, IFrontArguments<TArguments> => new("things", "Tests.Get", 0, CacheType.Inherit, cacheNull: true);

    private static bool InFront<TArguments>(FrontedMethod<string, TArguments> site, TArguments arguments)
        where TArguments : struct, IFrontArguments<TArguments> => site.TryGetTask(ref arguments, out _);

    private async Task<WeakReference> KeepAndDeleteAsync(FrontedMethod<string, FrontArguments<long>> site)
    {
        var value = new WeakReference(await FillAsync(site, new(1), "k"));
        await Oxcache.GetClient("things").DeleteAsync("k");
        return value;
    }

    /// <summary>Stores the call's value, and hits it once by its key.</summary>
    private async Task<string> FillAsync<TArguments>(FrontedMethod<string, TArguments> site, TArguments arguments, string text)
        where TArguments : struct, IFrontArguments<TArguments>
    {
        await CallAsync(site, arguments, text);
        return await CallAsync(site, arguments, text);
    }

    private Task<string> CallAsync<TArguments>(FrontedMethod<string, TArguments> site, TArguments arguments, string text)
        where TArguments : struct, IFrontArguments<TArguments>
    {
        if (site.TryGetTask(ref arguments, out var hit))
        {
            return hit;
        }

        var key = new CacheKeyBuilder(text);
        return site.TryGetTask(ref key, ref arguments, out hit) ? hit : site.InvokeAsTask(ref key, new CountedCall(this), default);
    }

    private readonly struct CountedCall(FrontedMethodTests tests) : ICachedCall<string>
    {
        public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => new($"value {++tests._runs}");
    }
}
