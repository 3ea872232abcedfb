using System.Runtime.CompilerServices;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.History.Running;

/// <summary>What the history rests on: instances that are apart, and knowing whether Redis acknowledged.</summary>
public sealed class InstanceTests
{
    private const string Key = "k";

    private int _bodies;

    [Fact]
    public async Task Woven_applications_in_two_load_contexts_are_two_instances_of_one_fleet()
    {
        await using var fleet = await StartAsync(managers: 1, woven: 2);
        var (byHand, one, other) = (fleet.Instances[0], fleet.Instances[1], fleet.Instances[2]);

        Assert.Equal("k/1", await one.LoadAsync(Key));
        await Eventually.Async(async () => await other.GetAsync(Key) == "k/1" && await byHand.GetAsync(Key) == "k/1");
        Assert.Equal("k/1", await other.LoadAsync(Key));
        Assert.Equal("k/1", await other.LoadThroughL2Async(Key));
        Assert.Equal(1, _bodies);

        // What one holds in its memory the other does not.
        fleet.Proxies[1].Refuse();
        fleet.Proxies[2].Refuse();
        await one.DeleteAsync(Key);
        Assert.Equal("k/2", await one.LoadAsync(Key));
        Assert.Equal("k/1", await other.LoadAsync(Key));
    }

    [Fact]
    public async Task A_write_is_seen_to_be_acknowledged_or_not_by_hand_and_woven()
    {
        using var observer = new WriteObserver();
        await using var fleet = await StartAsync(managers: 1, woven: 1);
        foreach (var instance in fleet.Instances)
        {
            Assert.True(await observer.WatchAsync(() => instance.SetAsync(Key, "")));
            Assert.True(await observer.WatchAsync(() => instance.DeleteAsync(Key)));
            Assert.True(await observer.WatchAsync(instance.ClearAsync));
        }

        foreach (var proxy in fleet.Proxies)
        {
            proxy.Refuse();
        }

        foreach (var instance in fleet.Instances)
        {
            Assert.False(await observer.WatchAsync(() => instance.SetAsync(Key, "")));
            Assert.False(await observer.WatchAsync(() => instance.DeleteAsync(Key)));
            Assert.False(await observer.WatchAsync(instance.ClearAsync));
        }
    }

    [Fact]
    public async Task Of_writes_at_the_same_time_only_the_one_that_was_lost_counts_as_lost()
    {
        using var observer = new WriteObserver();
        await using var fleet = await StartAsync(managers: 2, woven: 0);
        fleet.Proxies[1].Refuse();

        var acknowledged = await Task.WhenAll(fleet.Instances.Select(instance => observer.WatchAsync(() => instance.SetAsync(Key, ""))));

        Assert.Equal([true, false], acknowledged);
    }

    [Fact]
    public async Task A_restarted_instance_has_lost_its_memory_and_takes_up_what_was_pending()
    {
        await using var fleet = await StartAsync(managers: 1, woven: 1);
        foreach (var (instance, proxy) in fleet.Instances.Zip(fleet.Proxies))
        {
            await instance.SetAsync("in memory", "x");
            proxy.Refuse();
            await instance.SetAsync(Key, "pending");
            Assert.Equal("x", await instance.GetAsync("in memory"));

            await instance.RestartAsync(TimeSpan.Zero);

            Assert.Equal("pending", await instance.GetAsync(Key));
            Assert.Null(await instance.GetAsync("in memory"));
            proxy.Heal();
            await Eventually.Async(async () => await instance.GetAsync("in memory") == "x");
        }
    }

    [Fact]
    public async Task A_woven_application_leaves_nothing_behind()
    {
        var context = await RunAndForgetAsync();

        await Eventually.Is(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !context.IsAlive;
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> RunAndForgetAsync()
    {
        await using var fleet = await StartAsync(managers: 0, woven: 1, unloads: true);
        await fleet.Instances[0].LoadAsync(Key);
        return fleet.Contexts.Single();
    }

    private async Task<HistoryFleet> StartAsync(int managers, int woven, bool unloads = false)
    {
        var scenario = new HistoryScenario
        {
            ServerUrl = await ServerPool.UrlAsync(),
            Seed = 1,
            Duration = TimeSpan.Zero,
            Promises = new(),
            Managers = managers,
            WovenApplications = woven,
            UnloadsWoven = unloads,
        };
        var configuration = new FleetConfiguration("two-level", Caches.NewPrefix(), TimeSpan.FromSeconds(30), DistributedSingleFlight: false)
        {
            // A slow machine is no reason for a write to be lost.
            CommandTimeout = TimeSpan.FromSeconds(10),
        };
        var fleet = await HistoryFleet.StartAsync(scenario, configuration, _ => (key, _, _) => Task.FromResult($"{key}/{Interlocked.Increment(ref _bodies)}"));
        using var observer = new WriteObserver();
        await fleet.WarmUpAsync(observer);
        _bodies = 0;
        return fleet;
    }
}
