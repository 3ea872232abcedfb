namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Reads through a cache that holds a tenth of the keys; the CPU time of the whole process, so that work put off to other threads counts.</summary>
internal static class ReadThroughComparison
{
    private const int Rounds = 24;
    private const int Slices = 4;
    private const int Keys = 100_000;
    private const int Capacity = 10_000;

    public static IReadOnlyList<Contestant> Run()
    {
        var workload = new Workload(Keys);
        using var ours = Caches.TinyLfu(Capacity);
        using var lru = Caches.Lru(Capacity);
        using var memory = Caches.Memory(limit: Capacity);
        Contestant[] contestants =
        [
            Contestant.Of("tinylfu", new EngineReadThrough(ours, workload)),
            Contestant.Of("MemoryCache", new MemoryCacheReadThrough(memory, workload)),
            Contestant.Of("lru", new LruReadThrough(lru, workload)),
        ];
        Warmup.Run(contestants, workload.Zipf);
        var length = workload.Zipf.Length / Slices;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                contestant.Rounds.Add(contestant.CpuTimeOf(workload.Zipf.AsSpan(round % Slices * length, length)));
            }
        }

        return contestants;
    }
}
