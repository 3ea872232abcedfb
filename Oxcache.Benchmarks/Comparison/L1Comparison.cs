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

        Report.Table("hit, same key", same);
        Report.Table("hit, Zipf", zipf);
        Report.Table("hits by 2 threads, M/s", throughput);
        Report.Table("read-through with eviction, CPU ns", readThrough);
        Report.Table("bytes per entry", memory);
        Console.WriteLine();
        Report.Ratio("l1_hit_same_vs_dictionary", same, "tinylfu", "ConcurrentDictionary");
        Report.Ratio("l1_hit_zipf_vs_dictionary", zipf, "tinylfu", "ConcurrentDictionary");
        Report.Ratio("l1_hit_zipf_vs_memorycache", zipf, "tinylfu", "MemoryCache");
        Report.Ratio("l1_hit_zipf_vs_lru", zipf, "tinylfu", "lru");
        Report.Ratio("l1_read_2threads_throughput_vs_dictionary", throughput, "tinylfu", "ConcurrentDictionary");
        Report.Ratio("l1_readthrough_cpu_vs_memorycache", readThrough, "tinylfu", "MemoryCache");
        Report.Ratio("l1_readthrough_cpu_vs_lru", readThrough, "tinylfu", "lru");
        Report.Ratio("l1_bytes_per_entry_vs_memorycache", memory, "tinylfu", "MemoryCache");
        Report.Value("l1_hit_bytes", bytes);
        Report.Value("l1_hit_p50_ns", median);
        Report.Value("l1_hit_p99_ns", p99);
        Report.Value("l1_bytes_per_entry", memory[0].Median);
    }
}
