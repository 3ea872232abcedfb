using System.Diagnostics;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>What one hit costs at worst, in time and in garbage.</summary>
internal static class HitCost
{
    private const int Entries = 1000;
    private const int HitsPerRun = 32;
    private const int Runs = 200_000;

    public static double BytesPerHit()
    {
        var workload = new Workload(Entries);
        using var cache = Caches.Fill(Caches.TinyLfu(Entries), workload);
        var contestant = Contestant.Of("tinylfu", new EngineHit(cache, workload.Lookups));
        Warmup.Run([contestant], workload.Zipf);
        var before = GC.GetAllocatedBytesForCurrentThread();
        contestant.Run(workload.Zipf);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / workload.Zipf.Length;
    }

    /// <summary>Timed in runs of 32 hits, for a clock costs as much as a hit or two.</summary>
    public static (double Median, double P99) Latency()
    {
        var workload = new Workload(Entries);
        using var cache = Caches.Fill(Caches.TinyLfu(Entries), workload);
        var contestant = Contestant.Of("tinylfu", new EngineHit(cache, workload.Lookups));
        Warmup.Run([contestant], workload.Zipf);
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var requests = workload.Zipf.AsSpan(run * HitsPerRun % (Workload.RequestCount - HitsPerRun), HitsPerRun);
            var started = Stopwatch.GetTimestamp();
            contestant.Run(requests);
            times[run] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / HitsPerRun;
        }

        return (Statistics.Median(times), Statistics.Quantile(times, 0.99));
    }
}
