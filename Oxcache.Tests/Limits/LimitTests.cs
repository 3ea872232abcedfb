using System.Diagnostics;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Limits;

/// <summary>A Redis that answers, and does not do what the cache needs.</summary>
public sealed class LimitTests
{
    [SkippableFact]
    public async Task Meanwhile_an_instance_that_only_reads_its_memory_does_not_serve_for_long_what_another_could_not_delete()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        var prefix = Caches.NewPrefix();
        await using var reader = await StartAsync();
        await using var writer = await StartAsync();
        await writer.Things().SetAsync("k", "old");
        Assert.Equal("old", await reader.Things().GetAsync<string>("k"));
        await Eventually.Is(() => reader.Health.State == HealthState.Healthy && writer.Health.State == HealthState.Healthy);

        await Limit.All["too few replicas"].Imposed(server);
        await writer.Things().DeleteAsync("k");
        Assert.Equal(1, writer.Health.PendingWrites);
        await Eventually.Async(async () => await reader.Things().GetAsync<string>("k") is null);
        Assert.NotEmpty(reader.Health.Limits);

        Task<CacheManager> StartAsync() =>
            Caches.TwoLevel(server.Url, prefix, service => service.CoherenceMaxAge = TimeSpan.FromSeconds(1)).StartAsync();
    }

    public static TheoryData<string> Names => [.. Limit.All.Keys];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task While_Redis_does_not_do_it_L1_works_alone_and_it_is_said_once_and_over_by_itself(string name)
    {
        var limit = Limit.All[name];
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        var options = Caches.TwoLevel(server.Url, configure: service => service.L2.CommandTimeout = TimeSpan.FromSeconds(2));
        await using var manager = await options.StartAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        await limit.Imposed(server);
        var watch = Stopwatch.StartNew();
        var bodies = 0;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("v", await manager.Things().GetOrSetAsync("loaded", _ => Body()));
        }

        await manager.Things().SetAsync("set", "new");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"Somebody waited: {watch.Elapsed}.");
        Assert.Equal(1, bodies);
        Assert.Equal("new", await manager.Things().GetAsync<string>("set"));
        await Eventually.Is(() => manager.Health.Limits.Any(says => says.Contains(limit.Says, StringComparison.Ordinal)));
        Assert.Equal(HealthState.Degraded, manager.Health.State);
        Assert.NotEqual(0, manager.Health.PendingWrites);

        await limit.Lifted(server);
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0, Limits.Count: 0 });
        await using var other = await Caches.TwoLevel(server.Url, options.KeyPrefix).StartAsync();
        Assert.Equal("new", await other.Things().GetAsync<string>("set"));
        var said = ((LogCollector)options.LoggerFactory!).Lines.Where(line => line.Event == 18).Select(line => line.Text).ToArray();
        Assert.Equal(said.Distinct(), said);

        ValueTask<string> Body()
        {
            bodies++;
            return new("v");
        }
    }
}
