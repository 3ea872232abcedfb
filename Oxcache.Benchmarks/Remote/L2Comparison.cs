using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Benchmarks.Remote;

/// <summary><c>l2</c>: calls that go to Redis, beside StackExchange.Redis by hand, on a server of its own and in interleaved rounds, in less than 90 seconds.</summary>
internal static class L2Comparison
{
    private const int Keys = 1000;
    private const int Callers = 64;
    private const int Rounds = 60;

    /// <summary>What the JIT needs at least to have optimized what runs again and again.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(6);

    public static async Task RunAsync()
    {
        Console.WriteLine("1,000 keys, JSON of about 200 bytes, one connection each; medians, and ratios as medians of the rounds' ratios. Times in ns per call.");
        if (RedisServer.Missing(ServerKind.Redis) is { } reason)
        {
            Console.WriteLine($"Garnet alone: {reason}.");
        }
        else
        {
            await RunAsync(ServerKind.Redis, "redis-server", suffix: "");
        }

        await RunAsync(ServerKind.Garnet, "Garnet", suffix: "_garnet");
    }

    /// <param name="kind">The server.</param>
    /// <param name="name">Its name, for people.</param>
    /// <param name="suffix">Of the figures' names.</param>
    private static async Task RunAsync(ServerKind kind, string name, string suffix)
    {
        await using var rig = await Rig.StartAsync(kind, Keys);
        var (ours, batched, raw) = (rig.Single, rig.Batched, rig.Raw);
        Console.WriteLine();
        var latency = Measure(
            $"{name}: hit, one caller", 250, static (calls, requests) => calls.LatencyOf(requests),
            new Reads("ours", 1, ours.GetAsync), new("raw GET", 1, raw.GetAsync));
        var hits = Measure(
            $"{name}: hit, 64 callers", 4000, static (calls, requests) => calls.TimeOf(requests),
            new Reads("ours", Callers, ours.GetAsync), new Reads("raw GET, JSON", Callers, raw.GetValueAsync));
        var sets = Measure(
            $"{name}: set, 64 callers", 4000, static (calls, requests) => calls.TimeOf(requests),
            new("ours", Callers, ours.SetAsync), new("raw SET, JSON", Callers, raw.SetAsync), new("raw script, JSON", Callers, raw.ScriptAsync));
        var batches = Measure(
            $"{name}: set of distinct keys", Keys, static (calls, requests) => calls.TimeOf(requests),
            new("batch", Keys, batched.SetAsync), new("single", 1, ours.SetAsync), new("raw SET, pipelined", Keys, raw.SetAsync));
        var invalidation = Statistics.Quantile(await Invalidations.MeasureAsync(rig.Url), 0.99);
        Console.WriteLine();

        Report.Ratio("l2_hit_latency_vs_raw_get" + suffix, latency, "ours", "raw GET");

        // Of times, so the other way round for throughputs.
        Report.Ratio("l2_hit_throughput_vs_raw_get" + suffix, hits, "raw GET, JSON", "ours");
        Report.Ratio("set_64way_vs_raw_set" + suffix, sets, "raw SET, JSON", "ours");
        Report.Ratio("set_64way_vs_raw_script" + suffix, sets, "raw script, JSON", "ours");
        Report.Ratio("batch_write_vs_single_write" + suffix, batches, "single", "batch");
        Report.Ratio("batch_write_vs_raw_pipelined_set" + suffix, batches, "raw SET, pipelined", "batch");
        Report.Value("invalidation_latency_ms_p99" + suffix, invalidation);
    }

    private static Calls[] Measure(string title, int count, Func<Calls, int[], double> time, params Calls[] contestants)
    {
        int[] requests = [.. Enumerable.Range(0, count).Select(i => i % Keys)];
        var order = contestants.ToArray();
        var warmup = Stopwatch.StartNew();
        var round = 0;
        while (round < Rounds || warmup.Elapsed < Warmup)
        {
            Round(_ => { });
        }

        for (var last = round + Rounds; round < last;)
        {
            Round(measured => measured.Contestant.Rounds.Add(measured.Time));
        }

        Report.Table(title, contestants);
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
