using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.Suites;

/// <summary>Reading through a cache that holds a tenth of the keys: hits, misses and evictions.</summary>
[MemoryDiagnoser]
public class ReadThroughSuite
{
    private const int Keys = 100_000;
    private const int Capacity = 10_000;

    private readonly Workload _workload = new(Keys);
    private ILocalCache _tinyLfu = null!;
    private MemoryCache _memory = null!;

    /// <summary>Makes the caches, empty.</summary>
    [GlobalSetup]
    public void Start()
    {
        _tinyLfu = Caches.TinyLfu(Capacity);
        _memory = Caches.Memory(limit: Capacity);
    }

    /// <summary>Lets the caches go.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _tinyLfu.Dispose();
        _memory.Dispose();
    }

    /// <summary>The default engine.</summary>
    [Benchmark(OperationsPerInvoke = Workload.RequestCount)]
    public int TinyLfu() => Contestant.Of("", new EngineReadThrough(_tinyLfu, _workload)).Run(_workload.Zipf);

    /// <summary>MemoryCache, which evicts on another thread.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Workload.RequestCount)]
    public int MemoryCache() => Contestant.Of("", new MemoryCacheReadThrough(_memory, _workload)).Run(_workload.Zipf);
}
