using Oxcaching.Tests.FrontDoor;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

/// <summary>What woven code calls, called here as the weaver writes it.</summary>
[Collection(StaticCache.Name)]
public sealed class CachedMethodTests : IAsyncLifetime
{
    private readonly LogCollector _logs = new();
    private int _runs;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    [Fact]
    public async Task A_second_call_is_answered_from_L1_with_the_same_task()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();

        Assert.Equal("value 1", await Call(site, "k"));
        Assert.Equal("value 1", await Call(site, "k"));
        Assert.Same(Call(site, "k"), Call(site, "k"));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_task_that_the_body_made_is_not_kept()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();
        var body = await MakeAsync();
        await Eventually.Is(() =>
        {
            GC.Collect();
            return !body.IsAlive;
        });

        async Task<WeakReference> MakeAsync()
        {
            var own = Task.Run(() => "value");
            await own;
            return await Keep(site, own) is "value" ? new WeakReference(own) : throw new InvalidOperationException();
        }

        static Task<string> Keep(CachedMethod<string> site, Task<string> own)
        {
            var key = new CacheKeyBuilder("k");
            return site.InvokeAsTask(ref key, new OwnTask(own), default);
        }
    }

    [Fact]
    public async Task A_hit_allocates_nothing_for_a_Task_and_for_a_ValueTask()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();
        await Call(site, "k");

        Assert.Equal(0, Allocations.PerCall(() => Call(site, "k")));
        Assert.Equal(0, Allocations.PerCall(() => CallValue(site, "k")));
    }

    [Fact]
    public async Task Before_Init_the_body_runs_uncached_and_that_is_logged_once_with_the_fix()
    {
        var before = Oxcache.LoggerFactory;
        Oxcache.LoggerFactory = _logs;
        try
        {
            var site = Site();
            Assert.Equal("value 1", await Call(site, "k"));
            Assert.Equal("value 2", await Call(site, "k"));
        }
        finally
        {
            Oxcache.LoggerFactory = before;
        }

        Assert.Equal(
            "Tests.Get runs uncached: Oxcache is not initialized. Call Oxcache.Init(\"config.toml\") at start-up.", Assert.Single(_logs.Texts(2)));
    }

    [Fact]
    public async Task With_an_unknown_service_the_body_runs_uncached_and_that_is_logged_once_with_the_fix()
    {
        Oxcache.Init(Logged(Caches.Local()));
        var site = Site(service: "thigns");

        Assert.Equal("value 1", await Call(site, "k"));
        Assert.Equal("value 2", await Call(site, "k"));
        Assert.Equal(
            "Tests.Get runs uncached: There is no service 'thigns' in the configuration. Did you mean 'things'? There are: 'things'.",
            Assert.Single(_logs.Texts(3)));
    }

    [Fact]
    public async Task A_CacheType_that_the_service_does_not_have_runs_the_body_uncached_and_says_so()
    {
        Oxcache.Init(Logged(Caches.Local()));
        var site = Site(type: CacheType.L2);

        Assert.Equal("value 1", await Call(site, "k"));
        Assert.Equal("value 2", await Call(site, "k"));
        Assert.Equal("Tests.Get runs uncached: its CacheType is L2, and service 'things' has only L1.", Assert.Single(_logs.Texts(3)));
    }

    [Fact]
    public async Task After_a_second_Init_the_new_cache_is_asked()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();
        await Call(site, "k");
        Oxcache.Init(Caches.Local());

        Assert.Equal("value 2", await Call(site, "k"));
    }

    [Fact]
    public async Task After_a_shutdown_the_body_runs_uncached()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();
        await Call(site, "k");
        await Oxcache.ShutdownAsync();

        Assert.Equal("value 2", await Call(site, "k"));
    }

    [Fact]
    public async Task A_null_result_is_not_stored_where_the_attribute_opts_out()
    {
        Oxcache.Init(Caches.Local());
        var site = new CachedMethod<string?>("things", "Tests.Get", 0, CacheType.Inherit, cacheNull: false);
        for (var i = 1; i <= 2; i++)
        {
            var key = new CacheKeyBuilder("k");
            Assert.Null(await site.InvokeAsTask(ref key, new NullCall(this), default));
            Assert.Equal(i, _runs);
        }
    }

    [Fact]
    public async Task The_attributes_ttl_counts()
    {
        var time = new ManualTime();
        var options = Caches.Local();
        options.TimeProvider = time;
        Oxcache.Init(options);
        var site = Site(ttl: 5);
        await Call(site, "k");

        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal("value 1", await Call(site, "k"));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("value 2", await Call(site, "k"));
    }

    [Fact]
    public async Task The_same_key_by_hand_reads_and_deletes_what_the_method_stored()
    {
        Oxcache.Init(Caches.Local());
        var site = Site();
        await Call(site, "k");
        var things = Oxcache.GetClient("things");

        Assert.Equal("value 1", await things.GetAsync<string>("k"));
        Assert.True(await things.DeleteAsync("k"));
        Assert.Equal("value 2", await Call(site, "k"));
    }

    private static CachedMethod<string> Site(string service = "things", CacheType type = CacheType.Inherit, int ttl = 0) =>
        new(service, "Tests.Get", ttl, type, cacheNull: true);

    private Task<string> Call(CachedMethod<string> site, string text)
    {
        var key = new CacheKeyBuilder(text);
        return site.TryGetTask(ref key, out var hit) ? hit : site.InvokeAsTask(ref key, new CountedCall(this), default);
    }

    private ValueTask<string> CallValue(CachedMethod<string> site, string text)
    {
        var key = new CacheKeyBuilder(text);
        return site.TryGetValueTask(ref key, out var hit) ? hit : site.InvokeAsValueTask(ref key, new CountedCall(this), default);
    }

    private OxcacheOptions Logged(OxcacheOptions options)
    {
        options.LoggerFactory = _logs;
        return options;
    }

    private readonly struct CountedCall(CachedMethodTests tests) : ICachedCall<string>
    {
        public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => new($"value {++tests._runs}");
    }

    private readonly struct NullCall(CachedMethodTests tests) : ICachedCall<string?>
    {
        public ValueTask<string?> InvokeAsync(CancellationToken cancellationToken)
        {
            tests._runs++;
            return new((string?)null);
        }
    }

    private readonly struct OwnTask(Task<string> task) : ICachedCall<string>
    {
        public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => new(task);
    }
}
