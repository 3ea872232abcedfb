using System.Diagnostics;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Hits by two threads at once, in millions per second.</summary>
internal static class ThroughputComparison
{
    private const int Rounds = 40;
    private const int Passes = 4;

    public static IReadOnlyList<Contestant> Run(Workload workload)
    {
        using var ours = Caches.Fill(Caches.TinyLfu(workload.Keys.Length), workload);
        using var memory = Caches.Fill(Caches.Memory(), workload);
        Contestant[] contestants =
        [
            Contestant.Of("tinylfu", new EngineHit(ours, workload.Lookups)),
            Contestant.Of("ConcurrentDictionary", new DictionaryHit(Caches.Dictionary(workload), workload.Lookups)),
            Contestant.Of("MemoryCache", new MemoryCacheHit(memory, workload.Lookups)),
        ];
        Warmup.Run(contestants, workload.Zipf);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                contestant.Rounds.Add(Measure(contestant, workload.Zipf));
            }
        }

        return contestants;
    }

    private static double Measure(Contestant contestant, int[] requests)
    {
        using var start = new Barrier(2);
        var other = new Thread(() => Work());
        other.Start();
        var started = Work();
        other.Join();
        return 2.0 * Passes * requests.Length / Stopwatch.GetElapsedTime(started).TotalMicroseconds;

        long Work()
        {
            start.SignalAndWait();
            var now = Stopwatch.GetTimestamp();
            for (var pass = 0; pass < Passes; pass++)
            {
                contestant.Run(requests);
            }

            return now;
        }
    }
}
