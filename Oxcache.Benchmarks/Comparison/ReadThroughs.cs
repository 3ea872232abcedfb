using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Asks, and stores what was missed.</summary>
internal readonly struct EngineReadThrough(ILocalCache cache, Workload workload) : IOperation
{
    public int Invoke(int request)
    {
        var key = workload.Lookups[request];
        if (cache.Find(key) is LocalEntry<string> entry)
        {
            return entry.Value.Length;
        }

        cache.Set(key, new LocalEntry<string>(workload.Values[request]), Caches.Ttl);
        return 0;
    }
}

/// <summary>The same again, so that each engine has code of its own that is compiled for it alone.</summary>
internal readonly struct LruReadThrough(ILocalCache cache, Workload workload) : IOperation
{
    public int Invoke(int request)
    {
        var key = workload.Lookups[request];
        if (cache.Find(key) is LocalEntry<string> entry)
        {
            return entry.Value.Length;
        }

        cache.Set(key, new LocalEntry<string>(workload.Values[request]), Caches.Ttl);
        return 0;
    }
}

internal readonly struct MemoryCacheReadThrough(MemoryCache cache, Workload workload) : IOperation
{
    public int Invoke(int request)
    {
        var key = workload.Lookups[request];
        if (cache.TryGetValue(key, out var value) && value is string text)
        {
            return text.Length;
        }

        cache.Set(key, workload.Values[request], new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Caches.Ttl, Size = 1 });
        return 0;
    }
}
