using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Benchmarks.Recovery;

/// <summary><c>recovery</c>: what an outage of Redis costs, and how soon it is over; real servers, killed and frozen, in less than 90 seconds.</summary>
internal static class RecoveryComparison
{
    private const int Ids = 1000;
    private const int Rounds = 30;
    private const int MissesPerRound = 200;
    private const int FewKeys = 100;
    private const int ManyKeys = 10_000;
    private const int Repeats = 3;

    private static readonly ServerKind Kind = RedisServer.Missing(ServerKind.Redis) is null ? ServerKind.Redis : ServerKind.Garnet;

    public static async Task RunAsync()
    {
        Console.WriteLine($"On {Kind}. Times of hits in ns; medians, and ratios as medians of the rounds' ratios.");
        await DegradedCallsAsync();
        await FirstCallAsync();
        await HealthyAgainAsync();
        await FrozenUnderLoad.RunAsync(Kind);
    }

    /// <remarks>Each of the two services is the degraded one once: no two methods are equally fast, be they compiled from the same code.</remarks>
    private static async Task DegradedCallsAsync()
    {
        using var redisOfOne = await RedisServer.StartAsync(Kind);
        using var redisOfOther = await RedisServer.StartAsync(Kind);
        await Oxcache.InitAsync(new OxcacheOptions
        {
            Services = { [Customers.One] = Instances.Service(redisOfOne.Url), [Customers.Other] = Instances.Service(redisOfOther.Url) },
        });
        redisOfOne.Kill();
        await Instances.UntilAsync(() => Oxcache.GetClient(Customers.One).Health.State == HealthState.Degraded);
        var first = CompareHits("one degraded", Contestant.Of("degraded", default(CallOfOne)), Contestant.Of("healthy", default(CallOfOther)));
        await redisOfOne.RestartEmptyAsync();
        await Instances.UntilAsync(() => Oxcache.GetClient(Customers.One).Health.State == HealthState.Healthy);
        redisOfOther.Kill();
        await Instances.UntilAsync(() => Oxcache.GetClient(Customers.Other).Health.State == HealthState.Degraded);
        var second = CompareHits("the other degraded", Contestant.Of("degraded", default(CallOfOther)), Contestant.Of("healthy", default(CallOfOne)));
        Report.Ratio("degraded_hit_vs_healthy_hit", Math.Sqrt(first * second));

        var overheads = new List<double>();
        for (var round = 0; round < 2 * Rounds; round++)
        {
            overheads.Add(await MissOverheadAsync(Ids + (round * MissesPerRound)));
        }

        Report.Value("degraded_miss_overhead_us", Statistics.Median(overheads.Skip(Rounds)));
        await Oxcache.ShutdownAsync();
    }

    private static double CompareHits(string title, Contestant degraded, Contestant healthy)
    {
        Contestant[] hits = [degraded, healthy];
        int[] requests = [.. Enumerable.Range(0, Workload.RequestCount).Select(i => i % Ids)];
        Warmup.Run(hits, requests);
        for (var round = -Rounds; round < Rounds; round++)
        {
            foreach (var contestant in hits)
            {
                // The second time through: in the first one it gets back the processor's caches.
                contestant.Run(requests);
                var time = contestant.TimeOf(requests);
                if (round >= 0)
                {
                    contestant.Rounds.Add(time);
                }
            }
        }

        Report.Table($"woven hit, {title}", hits);
        return Statistics.Ratio(degraded, healthy);
    }

    /// <summary>The microseconds that a miss takes longer than its body.</summary>
    private static async Task<double> MissOverheadAsync(long firstId)
    {
        var times = new double[MissesPerRound];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await Customers.GetUncachedAsync(firstId + i);
            var body = Stopwatch.GetElapsedTime(started);
            started = Stopwatch.GetTimestamp();
            await Customers.GetFromOtherAsync(firstId + i);
            times[i] = (Stopwatch.GetElapsedTime(started) - body).TotalMicroseconds;
        }

        return Statistics.Median(times);
    }

    private static async Task FirstCallAsync()
    {
        using var server = await RedisServer.StartAsync(Kind);
        await using var instances = await Instances.StartAsync(server.Url);
        server.Freeze();
        var started = Stopwatch.GetTimestamp();
        await instances.One.GetOrSetAsync("frozen", _ => new ValueTask<int>(1));
        Report.Value("first_call_wait_ms", Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        Report.Value("command_timeout_ms", Instances.CommandTimeout.TotalMilliseconds);
        server.Thaw();
    }

    private static async Task HealthyAgainAsync()
    {
        var (killed, frozen, holes) = (new List<double>(), new List<double>(), new List<double>());
        using var server = await RedisServer.StartAsync(Kind);
        for (var i = 0; i < Repeats; i++)
        {
            killed.Add(await OutageAsync(server.Url, FewKeys, _ => server.Kill(), _ => server.RestartEmptyAsync()));
            frozen.Add(await OutageAsync(server.Url, FewKeys, _ => server.Freeze(), _ => Task.Run(server.Thaw)));
            holes.Add(await OutageAsync(server.Url, FewKeys, proxy => proxy.Apply(Fault.BlackHole), proxy => Task.Run(proxy.Heal)));
        }

        Report.Value("healthy_after_kill_ms", killed.Max());
        Report.Value("healthy_after_freeze_ms", frozen.Max());
        Report.Value("healthy_after_black_hole_ms", holes.Max());
        Report.Value("healthy_after_ms", killed.Concat(frozen).Concat(holes).Max());
        Report.Value("replay_10000_ms", await OutageAsync(server.Url, ManyKeys, _ => server.Kill(), _ => server.RestartEmptyAsync()));
    }

    /// <summary>The milliseconds from the end of an outage until two instances are healthy, what had to wait has arrived, and both read the same.</summary>
    private static async Task<double> OutageAsync(string url, int keys, Action<TcpProxy> begin, Func<TcpProxy, Task> end)
    {
        await using var proxy = new TcpProxy(url);
        await using var instances = await Instances.StartAsync(proxy.Url);
        begin(proxy);
        await instances.WriteUntilDegradedAsync(keys);
        await end(proxy);
        var started = Stopwatch.GetTimestamp();
        await instances.AgreeAsync(keys);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
