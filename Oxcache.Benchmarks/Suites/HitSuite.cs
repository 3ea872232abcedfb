using System.Collections.Concurrent;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.Suites;

/// <summary>One hit by one thread: time and garbage.</summary>
[MemoryDiagnoser]
public class HitSuite
{
    private const int RequestsPerCall = 4096;

    private readonly Workload _workload = new(10_000);
    private int[] _requests = [];
    private ILocalCache _tinyLfu = null!;
    private ILocalCache _lru = null!;
    private MemoryCache _memory = null!;
    private ConcurrentDictionary<string, string> _dictionary = null!;

    /// <summary>Whether all hits are of one key, or of many by Zipf's law.</summary>
    [Params(false, true)]
    public bool Zipf { get; set; }

    /// <summary>Fills every cache with every key.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _requests = (Zipf ? _workload.Zipf : _workload.Same)[..RequestsPerCall];
        _tinyLfu = Caches.Fill(Caches.TinyLfu(_workload.Keys.Length), _workload);
        _lru = Caches.Fill(Caches.Lru(_workload.Keys.Length), _workload);
        _memory = Caches.Fill(Caches.Memory(), _workload);
        _dictionary = Caches.Dictionary(_workload);
    }

    /// <summary>Lets every cache go.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _tinyLfu.Dispose();
        _lru.Dispose();
        _memory.Dispose();
    }

    /// <summary>What a lookup costs where nothing expires and nothing is evicted.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = RequestsPerCall)]
    public int ConcurrentDictionary() => Contestant.Of("", new DictionaryHit(_dictionary, _workload.Lookups)).Run(_requests);

    /// <summary>The default engine.</summary>
    [Benchmark(OperationsPerInvoke = RequestsPerCall)]
    public int TinyLfu() => Contestant.Of("", new EngineHit(_tinyLfu, _workload.Lookups)).Run(_requests);

    /// <summary>The engine on MemoryCache.</summary>
    [Benchmark(OperationsPerInvoke = RequestsPerCall)]
    public int Lru() => Contestant.Of("", new LruHit(_lru, _workload.Lookups)).Run(_requests);

    /// <summary>MemoryCache itself, with a TTL.</summary>
    [Benchmark(OperationsPerInvoke = RequestsPerCall)]
    public int MemoryCache() => Contestant.Of("", new MemoryCacheHit(_memory, _workload.Lookups)).Run(_requests);
}
