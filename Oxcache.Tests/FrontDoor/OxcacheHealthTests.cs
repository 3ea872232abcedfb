using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.FrontDoor;

[Collection(StaticCache.Name)]
public sealed class OxcacheHealthTests : IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    [Fact]
    public async Task There_is_none_without_a_cache()
    {
        Assert.Null(Oxcache.Health);
        Oxcache.Init(Caches.Local());
        Assert.Equal(HealthState.Healthy, Oxcache.Health!.State);
        await Oxcache.ShutdownAsync();
        Assert.Null(Oxcache.Health);
    }

    [Fact]
    public async Task A_handler_stays_through_Init_and_hears_of_the_cache_that_there_is()
    {
        var nobody = $"redis://127.0.0.1:{RedisServer.FreePort()}";
        var degraded = 0;
        EventHandler<CacheHealth> hear = (sender, health) =>
        {
            Assert.Null(sender);
            Interlocked.Add(ref degraded, health.State == HealthState.Degraded ? 1 : 0);
        };
        Oxcache.HealthChanged += hear;
        try
        {
            await Oxcache.InitAsync(Caches.TwoLevel(nobody));
            await Eventually.Is(() => Volatile.Read(ref degraded) == 1);
            await Oxcache.InitAsync(Caches.TwoLevel(nobody));
            await Eventually.Is(() => Volatile.Read(ref degraded) == 2);
            Assert.Equal(HealthState.Degraded, Oxcache.Health!.State);
        }
        finally
        {
            Oxcache.HealthChanged -= hear;
        }
    }
}
