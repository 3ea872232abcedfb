namespace Oxcaching.Benchmarks.Comparison;

/// <summary>The bytes that a full cache needs per entry, besides keys and values.</summary>
internal static class MemoryComparison
{
    private const int Entries = 100_000;

    public static IReadOnlyList<Contestant> Run()
    {
        var workload = new Workload(Entries);
        return
        [
            Measure("tinylfu", () => Caches.Fill(Caches.TinyLfu(Entries), workload)),
            Measure("ConcurrentDictionary", () => Caches.Dictionary(workload)),
            Measure("MemoryCache", () => Caches.Fill(Caches.Memory(), workload)),
            Measure("lru", () => Caches.Fill(Caches.Lru(Entries), workload)),
        ];
    }

    private static Weighed Measure(string name, Func<object> fill)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cache = fill();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        (cache as IDisposable)?.Dispose();
        return new Weighed(name, (double)(after - before) / Entries);
    }

    private sealed class Weighed : Contestant
    {
        public Weighed(string name, double bytes)
            : base(name) => Rounds.Add(bytes);

        public override int Run(ReadOnlySpan<int> requests) => throw new NotSupportedException("It was weighed, not timed.");
    }
}
