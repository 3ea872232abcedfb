using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;

namespace Oxcaching.Benchmarks.Woven;

/// <summary>What a woven hit costs at worst, and what a cached call keeps in memory.</summary>
internal static class WovenCost
{
    private const int Ids = 1000;
    private const int HitsPerRun = 32;
    private const int Runs = 100_000;
    private const int FirstFreshId = 1_000_000;
    private const int FreshIds = 50_000;

    /// <summary>A User: header, type and a long.</summary>
    private const int BytesOfValue = 24;

    public static void Print<TCall>(string name, TCall call)
        where TCall : struct, IOperation
    {
        var contestant = Contestant.Of(name, call);
        var requests = new int[Workload.RequestCount];
        var random = new Random(7);
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = random.Next(Ids);
        }

        Warmup.Run([contestant], requests);
        var before = GC.GetAllocatedBytesForCurrentThread();
        contestant.Run(requests);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Report.Value(name + "_bytes", (double)bytes / requests.Length);
        var times = new double[Runs];
        for (var run = 0; run < Runs; run++)
        {
            var part = requests.AsSpan(run * HitsPerRun % (requests.Length - HitsPerRun), HitsPerRun);
            var started = Stopwatch.GetTimestamp();
            contestant.Run(part);
            times[run] = Stopwatch.GetElapsedTime(started).TotalNanoseconds / HitsPerRun;
        }

        Report.Value(name + "_p50_ns", Statistics.Median(times));
        Report.Value(name + "_p99_ns", Statistics.Quantile(times, 0.99));
    }

    /// <summary>How many misses of a full MemoryCache leave their value there.</summary>
    public static double PercentStoredByMemoryCache(bool evicting)
    {
        const int Capacity = 1000;
        const int Misses = 50_000;
        var (cache, counter) = (Comparison.Caches.Memory(Capacity), new Counter());
        var contestant = evicting
            ? Contestant.Of("", new MemoryCacheEvictingMiss(cache, Capacity, counter))
            : Contestant.Of("", new MemoryCacheRefusingMiss(cache, counter));
        contestant.Run(new int[Capacity * 10]);
        var stored = 0;
        for (var i = 0; i < Misses; i++)
        {
            contestant.Run([0]);
            stored += cache.TryGetValue($"user_{counter.Last}", out _) ? 1 : 0;
        }

        return 100.0 * stored / Misses;
    }

    /// <summary>Key, value wrapper, task, L1 entry and front slot of calls that were hit; not the value itself.</summary>
    public static double BytesPerEntry()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var pass = 0; pass < 3; pass++)
        {
            for (var i = 0; i < FreshIds; i++)
            {
                _ = Users.GetUserAsync(FirstFreshId + i).Result;
            }
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        return ((double)(after - before) / FreshIds) - BytesOfValue;
    }
}
