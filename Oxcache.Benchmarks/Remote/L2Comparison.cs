using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Benchmarks.Remote;

/// <summary><c>l2</c>: calls that go to Redis, beside StackExchange.Redis by hand, on a server of its own and in interleaved rounds, in less than 90 seconds.</summary>
internal static class L2Comparison
{
    private const int Keys = 1000;
    private const int Callers = 64;

    /// <summary>How often all is done on a fresh server by fresh connections: where their threads run makes half as much or twice as much of a call.</summary>
    private const int Repeats = 4;
    private const int Rounds = 10;

    /// <summary>What the JIT needs at least to have optimized what runs again and again.</summary>
    private static readonly TimeSpan FirstWarmup = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(0.7);

    public static async Task RunAsync()
    {
        Console.WriteLine("1,000 keys, JSON of about 200 bytes, one connection each; medians, and ratios as medians of the rounds' ratios. Times in ns per call.");
        var warmup = FirstWarmup;
        if (RedisServer.Missing(ServerKind.Redis) is { } reason)
        {
            Console.WriteLine($"Garnet alone: {reason}.");
        }
        else
        {
            await RunAsync(ServerKind.Redis, "redis-server", suffix: "", warmup);
            warmup = Warmup;
        }

        await RunAsync(ServerKind.Garnet, "Garnet", suffix: "_garnet", warmup);
    }

    /// <param name="kind">The server.</param>
    /// <param name="name">Its name, for people.</param>
    /// <param name="suffix">Of the figures' names.</param>
    /// <param name="warmup">How long each comparison warms up the first time.</param>
    private static async Task RunAsync(ServerKind kind, string name, string suffix, TimeSpan warmup)
    {
        Calls[] latency = [], hits = [], sets = [], batches = [];
        var invalidations = new Invalidations();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            await using var rig = await Rig.StartAsync(kind, Keys);
            var (ours, batched, raw) = (rig.Single, rig.Batched, rig.Raw);
            latency = Measure(
                latency, warmup, 250, static (calls, requests) => calls.LatencyOf(requests),
                new Reads("ours", 1, ours.GetAsync), new("raw GET", 1, raw.GetAsync));
            hits = Measure(
                hits, warmup, 4000, static (calls, requests) => calls.TimeOf(requests),
                new Reads("ours", Callers, ours.GetAsync), new Reads("raw GET, JSON", Callers, raw.GetValueAsync));
            sets = Measure(
                sets, warmup, 4000, static (calls, requests) => calls.TimeOf(requests),
                new("ours", Callers, ours.SetAsync), new("raw SET, JSON", Callers, raw.SetAsync), new("raw script, JSON", Callers, raw.ScriptAsync));
            batches = Measure(
                batches, warmup, Keys, static (calls, requests) => calls.TimeOf(requests),
                new("batch", Keys, batched.SetAsync), new("single", 1, ours.SetAsync), new("raw SET, pipelined", Keys, raw.SetAsync));
            await invalidations.MeasureAsync(rig.Url);
            warmup = Warmup;
        }

        Console.WriteLine();
        Report.Table($"{name}: hit, one caller", latency);
        Report.Table($"{name}: hit, 64 callers", hits);
        Report.Table($"{name}: set, 64 callers", sets);
        Report.Table($"{name}: set of distinct keys", batches);
        Console.WriteLine();

        Report.Ratio("l2_hit_latency_vs_raw_get" + suffix, latency, "ours", "raw GET");

        // Of times, so the other way round for throughputs.
        Report.Ratio("l2_hit_throughput_vs_raw_get" + suffix, hits, "raw GET, JSON", "ours");
        Report.Ratio("set_64way_vs_raw_set" + suffix, sets, "raw SET, JSON", "ours");
        Report.Ratio("set_64way_vs_raw_script" + suffix, sets, "raw script, JSON", "ours");
        Report.Ratio("batch_write_vs_single_write" + suffix, batches, "single", "batch");
        Report.Ratio("batch_write_vs_raw_pipelined_set" + suffix, batches, "raw SET, pipelined", "batch");
        var (seen, published) = (P99(invalidations.AfterCall), P99(invalidations.Published));
        Report.Value("invalidation_latency_ms_p99" + suffix, P99(invalidations.AfterAcknowledgement));
        Report.Value("invalidation_from_call_ms_p99" + suffix, seen);
        Report.Value("raw_publish_ms_p99" + suffix, published);
        Report.Ratio("invalidation_p99_vs_raw_publish" + suffix, seen / published);
    }

    private static double P99(List<double> times) => Statistics.Quantile([.. times], 0.99);

    /// <summary>Adds rounds of the contestants to those of the same before.</summary>
    private static Calls[] Measure(Calls[] before, TimeSpan warmup, int count, Func<Calls, int[], double> time, params Calls[] contestants)
    {
        int[] requests = [.. Enumerable.Range(0, count).Select(i => i % Keys)];
        var order = contestants.ToArray();
        var warming = Stopwatch.StartNew();
        var round = 0;
        while (round < Rounds || warming.Elapsed < warmup)
        {
            Round(_ => { });
        }

        for (var last = round + Rounds; round < last;)
        {
            Round(measured => measured.Contestant.Rounds.Add(measured.Time));
        }

        foreach (var (contestant, earlier) in contestants.Zip(before))
        {
            contestant.Rounds.InsertRange(0, earlier.Rounds);
        }

        return contestants;

        void Round(Action<(Calls Contestant, double Time)> take)
        {
            new Random(round++).Shuffle(order);
            foreach (var contestant in order)
            {
                take((contestant, time(contestant, requests)));
            }
        }
    }
}
