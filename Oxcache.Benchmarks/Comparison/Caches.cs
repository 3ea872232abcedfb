using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Configuration;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>The caches to compare, empty or with every key of a workload in it.</summary>
internal static class Caches
{
    public static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);

    public static TinyLfuCache TinyLfu(int capacity, TimeSpan? tti = null) => new(Settings(capacity, EvictionPolicy.TinyLfu, tti), TimeProvider.System);

    public static LruCache Lru(int capacity) => new(Settings(capacity, EvictionPolicy.Lru, null), TimeProvider.System);

    public static MemoryCache Memory(int? limit = null) => new(new MemoryCacheOptions { SizeLimit = limit });

    public static TCache Fill<TCache>(TCache cache, Workload workload)
        where TCache : ILocalCache
    {
        for (var i = 0; i < workload.Keys.Length; i++)
        {
            cache.Set(workload.Keys[i], new LocalEntry<string>(workload.Values[i]), Ttl);
        }

        return cache;
    }

    public static MemoryCache Fill(MemoryCache cache, Workload workload)
    {
        for (var i = 0; i < workload.Keys.Length; i++)
        {
            cache.Set(workload.Keys[i], workload.Values[i], Ttl);
        }

        return cache;
    }

    public static ConcurrentDictionary<string, string> Dictionary(Workload workload)
    {
        var dictionary = new ConcurrentDictionary<string, string>();
        for (var i = 0; i < workload.Keys.Length; i++)
        {
            dictionary[workload.Keys[i]] = workload.Values[i];
        }

        return dictionary;
    }

    private static LocalSettings Settings(int capacity, EvictionPolicy eviction, TimeSpan? tti) =>
        new() { MaxCapacity = capacity, InitialCapacity = 0, Ttl = Ttl, Tti = tti, Eviction = eviction };
}
