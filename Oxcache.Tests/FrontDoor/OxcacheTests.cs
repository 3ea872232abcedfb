using Oxcaching.Tests.Flights;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.FrontDoor;

[Collection(StaticCache.Name)]
public sealed class OxcacheTests : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    [Fact]
    public void GetClient_before_Init_says_what_to_call()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Oxcache.GetClient("things"));

        Assert.Equal("Oxcache is not initialized. Call Oxcache.Init(\"config.toml\") at start-up.", e.Message);
        Assert.False(Oxcache.IsInitialized);
    }

    [Fact]
    public void GetClient_for_an_unknown_service_names_those_there_are_and_the_nearest()
    {
        var options = Caches.Local();
        options.Services["user_cache"] = new ServiceOptions { CacheType = CacheType.L1 };
        Oxcache.Init(options);

        var e = Assert.Throws<ArgumentException>(() => Oxcache.GetClient("user_cahce"));
        Assert.StartsWith(
            "There is no service 'user_cahce' in the configuration. Did you mean 'user_cache'? There are: 'things', 'user_cache'.", e.Message);
    }

    [Fact]
    public async Task Init_reads_the_file_and_GetClient_gives_its_services()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("oxcache").FullName, "config.toml");
        await File.WriteAllTextAsync(file, "[services.things]\ncache_type = \"l1\"\n");
        Oxcache.Init(file);

        Assert.True(Oxcache.IsInitialized);
        Assert.Equal("things", Oxcache.GetClient("things").Service);
        await Oxcache.GetClient("things").SetAsync("k", 1);
        Assert.Equal(1, await Oxcache.GetClient("things").GetAsync<int>("k"));
    }

    [Fact]
    public void A_wrong_configuration_leaves_the_cache_that_is_there()
    {
        Oxcache.Init(Caches.Local());
        var before = Oxcache.GetClient("things");

        Assert.Throws<OxcacheConfigurationException>(() => Oxcache.Init(new OxcacheOptions()));
        Assert.Same(before, Oxcache.GetClient("things"));
    }

    [Fact]
    public async Task A_second_Init_replaces_the_first_and_calls_in_flight_finish()
    {
        Oxcache.Init(Caches.Local());
        var body = new HeldBody<int>();
        var call = Oxcache.GetClient("things").GetOrSetAsync("k", body.RunAsync).AsTask();
        await body.Running;

        Oxcache.Init(Caches.Local());
        Assert.Equal(0, await Oxcache.GetClient("things").GetAsync<int>("k"));
        body.Return(1);

        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task Init_does_not_fail_because_Redis_is_down()
    {
        await Oxcache.InitAsync(Caches.TwoLevel($"redis://127.0.0.1:{RedisServer.FreePort()}"));

        Assert.Equal(1, await Oxcache.GetClient("things").GetOrSetAsync("k", _ => new ValueTask<int>(1)));
    }

    [Fact]
    public async Task InitAsync_waits_for_the_first_connection()
    {
        await Oxcache.InitAsync(Caches.TwoLevel(await ServerPool.UrlAsync()));

        Assert.False(await Oxcache.GetClient("things").ExistsAsync("k"));
        await Oxcache.GetClient("things").SetL2OnlyAsync("k", 1);
        Assert.True(await Oxcache.GetClient("things").ExistsAsync("k"));
    }

    [Fact]
    public async Task After_a_shutdown_there_is_no_cache()
    {
        Oxcache.Init(Caches.Local());
        await Oxcache.ShutdownAsync();
        await Oxcache.ShutdownAsync();

        Assert.False(Oxcache.IsInitialized);
        Assert.Throws<InvalidOperationException>(() => Oxcache.GetClient("things"));
    }

    [Fact]
    public async Task A_shutdown_waits_for_loads_under_way_up_to_the_drain_time()
    {
        Oxcache.Init(Caches.Local());
        var body = new HeldBody<int>();
        var call = Oxcache.GetClient("things").GetOrSetAsync("k", body.RunAsync).AsTask();
        await body.Running;

        var shutdown = Oxcache.ShutdownAsync(TimeSpan.FromSeconds(20));
        Assert.False(shutdown.IsCompleted);
        body.Return(1);
        await shutdown;
        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task Services_that_name_the_same_Redis_share_one_connection()
    {
        var options = Caches.TwoLevel(await ServerPool.UrlAsync());
        options.Services["others"] = new ServiceOptions { L2 = { ConnectionString = options.Services["things"].L2.ConnectionString + "/1" } };
        await using var manager = await options.StartAsync();

        Assert.Equal(1, manager.ConnectionCount);
    }
}
