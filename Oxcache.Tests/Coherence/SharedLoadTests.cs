using System.Diagnostics;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Coherence;

/// <summary>Single-flight between instances: <c>distributed_single_flight</c>.</summary>
[Collection(Undisturbed.Name)]
public sealed class SharedLoadTests
{
    private const int Instances = 3;

    /// <summary>How long others believe in a load that its owner does not renew, and at most between two looks at it.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Allowance = TimeSpan.FromMilliseconds(1500);

    [SkippableTheory]
    [EachServer]
    public async Task Of_all_instances_one_runs_the_body(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, Instances);
        for (var i = 0; i < 20; i++)
        {
            var loads = await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => fleet.LoadAsync(instance, $"k{i}")));
            Assert.All(loads, value => Assert.Equal(loads[0], value));
        }

        Assert.Equal(20, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task So_it_is_right_after_a_delete_and_over_an_expired_value(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, Instances);
        await fleet[0].SetAsync("deleted", "old");
        await fleet[0].DeleteAsync("deleted");
        await fleet[0].SetAsync("expired", "old", TimeSpan.FromMilliseconds(50));
        await Eventually.Async(async () => !await fleet[1].ExistsAsync("expired"));
        foreach (var key in new[] { "deleted", "expired" })
        {
            var before = fleet.Bodies;
            await Task.WhenAll(Enumerable.Range(0, Instances).Select(instance => fleet.LoadAsync(instance, key)));
            Assert.Equal(before + 1, fleet.Bodies);
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task Who_waits_takes_a_value_that_is_stored_between_his_two_questions(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        var waiter = fleet.LoadAsync(1, "k");
        await HoldAfterFirstQuestionAsync(fleet.ProxyOf(1));
        await body.FinishAsync();
        await fleet.SettledAsync(instance: 0);
        fleet.ProxyOf(1).Heal();

        Assert.Equal("held", await waiter);
        Assert.Equal(0, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Who_waits_is_woken_when_the_value_is_there(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var wakings = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var body = fleet.BeginHeldLoad(0, $"k{i}");
            await body.BodyRuns;
            var waiter = fleet.LoadAsync(1, $"k{i}");

            // Long enough for the pauses between two looks to have grown to their longest.
            await Task.Delay(TimeSpan.FromSeconds(1));
            Assert.False(waiter.IsCompleted);
            var watch = Stopwatch.StartNew();
            await body.FinishAsync();
            Assert.Equal("held", await waiter);
            wakings.Add(watch.Elapsed);
        }

        // By looks alone it would be a quarter of a second.
        Assert.InRange(wakings.Order().ElementAt(2), TimeSpan.Zero, LongestPoll / 4);
        Assert.Equal(0, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Who_hears_no_message_looks_for_himself(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        fleet.ProxyOf(1).Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Subscription);
        var waiter = fleet.LoadAsync(1, "k");
        await body.FinishAsync();

        Assert.Equal("held", await waiter.WaitAsync(LongestPoll + Allowance));
        Assert.Equal(0, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task When_the_owner_dies_another_makes_the_value(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, Instances);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        fleet.ProxyOf(0).Apply(Fault.BlackHole);
        var watch = Stopwatch.StartNew();
        var waiters = await Task.WhenAll(fleet.LoadAsync(1, "k"), fleet.LoadAsync(2, "k"));

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Freshness + LongestPoll + Allowance);
        Assert.Equal(waiters[0], waiters[1]);
        Assert.Equal(1, fleet.Bodies);
        await body.FinishAsync();
    }

    [SkippableTheory]
    [EachServer]
    public async Task When_the_owners_body_throws_another_makes_the_value_at_once(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        var waiter = fleet.LoadAsync(1, "k");
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<InvalidOperationException>(() => body.ThrowAsync());
        await waiter;

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Freshness / 2);
        Assert.Equal(1, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_body_that_takes_long_is_waited_for(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, Instances);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        var waiters = Task.WhenAll(fleet.LoadAsync(1, "k"), fleet.LoadAsync(2, "k"));
        await Task.Delay(Freshness * 1.75);
        Assert.False(waiters.IsCompleted);
        await body.FinishAsync();

        Assert.All(await waiters, value => Assert.Equal("held", value));
        Assert.Equal(0, fleet.Bodies);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_delete_by_anybody_ends_the_wait(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, Instances);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        var waiter = fleet.LoadAsync(1, "k");
        await fleet[2].DeleteAsync("k");

        Assert.NotEqual("held", await waiter.WaitAsync(Freshness));
        await body.FinishAsync();
        await fleet.SettledAsync();
        Assert.NotEqual("held", await fleet.LoadAsync(2, "k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task Without_the_option_nobody_waits(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2, service => service.DistributedSingleFlight = false);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;

        Assert.NotEqual("held", await fleet.LoadAsync(1, "k").WaitAsync(Allowance));
        await body.FinishAsync();
    }

    [SkippableTheory]
    [EachServer]
    public async Task Without_Redis_nobody_waits(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        fleet.ProxyOf(1).Refuse();
        await Eventually.Is(() => fleet.IsCutOff(1));
        var watch = Stopwatch.StartNew();

        Assert.NotEqual("held", await fleet.LoadAsync(1, "k"));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Freshness / 2);
        await body.FinishAsync();
    }

    [SkippableTheory]
    [EachServer]
    public async Task Who_waited_and_lost_Redis_goes_on_alone(ServerKind kind)
    {
        await using var fleet = await LoadingFleet.StartAsync(kind, 2);
        var body = fleet.BeginHeldLoad(0, "k");
        await body.BodyRuns;
        var waiter = fleet.LoadAsync(1, "k");
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        fleet.ProxyOf(1).Refuse();

        Assert.NotEqual("held", await waiter.WaitAsync(LongestPoll + Allowance));
        await body.FinishAsync();
    }

    /// <summary>Holds an answer to GET that is another's lease, not one to the script that comes after it.</summary>
    private static async Task HoldAfterFirstQuestionAsync(TcpProxy proxy)
    {
        const string LeaseAsItStands = "$78\r\nox1";
        while (!proxy.Waiting(Direction.ToClient, ConnectionKind.Interactive).Contains(LeaseAsItStands, StringComparison.Ordinal))
        {
            proxy.Heal();
            await Task.Delay(TimeSpan.FromMilliseconds(10));
            proxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
            await Eventually.Is(() => proxy.Waiting(Direction.ToClient, ConnectionKind.Interactive).Contains("ox1", StringComparison.Ordinal));
        }
    }
}
