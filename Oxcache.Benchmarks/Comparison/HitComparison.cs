namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Hits by one thread.</summary>
internal static class HitComparison
{
    private const int Rounds = 50;

    public static (IReadOnlyList<Contestant> Same, IReadOnlyList<Contestant> Zipf) Run(Workload workload)
    {
        using var ours = Caches.Fill(Caches.TinyLfu(workload.Keys.Length), workload);
        using var idling = Caches.Fill(Caches.TinyLfu(workload.Keys.Length, TimeSpan.FromMinutes(10)), workload);
        using var lru = Caches.Fill(Caches.Lru(workload.Keys.Length), workload);
        using var memory = Caches.Fill(Caches.Memory(), workload);
        var dictionary = Caches.Dictionary(workload);
        return (Measure(workload.Same), Measure(workload.Zipf));

        Contestant[] Measure(int[] requests)
        {
            Contestant[] contestants =
            [
                Contestant.Of("tinylfu", new EngineHit(ours, workload.Lookups)),
                Contestant.Of("tinylfu, TTL and TTI", new EngineHit(idling, workload.Lookups)),
                Contestant.Of("ConcurrentDictionary", new DictionaryHit(dictionary, workload.Lookups)),
                Contestant.Of("MemoryCache", new MemoryCacheHit(memory, workload.Lookups)),
                Contestant.Of("lru", new LruHit(lru, workload.Lookups)),
            ];
            Warmup.Run(contestants, requests);
            var order = contestants.ToArray();
            for (var round = 0; round < Rounds; round++)
            {
                // Who comes after whom matters: it finds the processor's caches full of the other's entries.
                new Random(round).Shuffle(order);
                foreach (var contestant in order)
                {
                    contestant.Rounds.Add(contestant.TimeOf(requests));
                }
            }

            return contestants;
        }
    }
}
