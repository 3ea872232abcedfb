using System.Globalization;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary><c>l1</c>: the "tinylfu" engine beside what else there is, in one process and in interleaved rounds, in less than a minute.</summary>
internal static class L1Comparison
{
    public static void Run()
    {
        var workload = new Workload(10_000);
        Console.WriteLine("10,000 keys of 20 characters, Zipf 0.99; medians, and ratios as medians of the rounds' ratios. Times in ns.");
        Console.WriteLine();

        var (same, zipf) = HitComparison.Run(workload);
        var throughput = ThroughputComparison.Run(workload);
        var readThrough = ReadThroughComparison.Run();
        var memory = MemoryComparison.Run();
        var bytes = HitCost.BytesPerHit();
        var (median, p99) = HitCost.Latency();

        Print("hit, same key", same);
        Print("hit, Zipf", zipf);
        Print("hits by 2 threads, M/s", throughput);
        Print("read-through with eviction, CPU ns", readThrough);
        Print("bytes per entry", memory);
        Console.WriteLine();
        PrintRatio("l1_hit_same_vs_dictionary", same, "ConcurrentDictionary");
        PrintRatio("l1_hit_zipf_vs_dictionary", zipf, "ConcurrentDictionary");
        PrintRatio("l1_hit_zipf_vs_memorycache", zipf, "MemoryCache");
        PrintRatio("l1_hit_zipf_vs_lru", zipf, "lru");
        PrintRatio("l1_read_2threads_throughput_vs_dictionary", throughput, "ConcurrentDictionary");
        PrintRatio("l1_readthrough_cpu_vs_memorycache", readThrough, "MemoryCache");
        PrintRatio("l1_readthrough_cpu_vs_lru", readThrough, "lru");
        PrintRatio("l1_bytes_per_entry_vs_memorycache", memory, "MemoryCache");
        PrintValue("l1_hit_bytes", bytes);
        PrintValue("l1_hit_p50_ns", median);
        PrintValue("l1_hit_p99_ns", p99);
        PrintValue("l1_bytes_per_entry", memory[0].Median);
    }

    private static void Print(string title, IReadOnlyList<Contestant> contestants)
    {
        Console.WriteLine(title);
        foreach (var contestant in contestants)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {contestant.Name,-22}{contestant.Median,9:F1}{Statistics.Ratio(contestant, contestants[0]),8:F2} x ours"));
        }
    }

    /// <summary>Ours, which stands first, divided by the other.</summary>
    private static void PrintRatio(string name, IReadOnlyList<Contestant> contestants, string other) =>
        Print("ratio", name, Statistics.Ratio(contestants[0], contestants.First(contestant => contestant.Name == other)));

    private static void PrintValue(string name, double value) => Print("value", name, value);

    private static void Print(string kind, string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {name} = {value:0.###}"));
}
