using Oxcaching.Configuration;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.HitRates;

/// <summary>Runs a trace through an engine: what is missed is stored.</summary>
internal static class Replay
{
    private static readonly TimeSpan Ttl = TimeSpan.FromDays(1);

    /// <param name="trace">The trace.</param>
    /// <param name="capacity">In entries.</param>
    /// <param name="eviction">The engine.</param>
    /// <param name="run">Another one has other keys, so that their hashes are others.</param>
    /// <returns>The hit rate in per cent.</returns>
    public static double HitRate(Trace trace, int capacity, EvictionPolicy eviction, int run = 0)
    {
        var settings = new LocalSettings { MaxCapacity = capacity, InitialCapacity = 0, Ttl = Ttl, Tti = null, Eviction = eviction };
        using ILocalCache cache = eviction == EvictionPolicy.Lru
            ? new LruCache(settings, TimeProvider.System)
            : new TinyLfuCache(settings, TimeProvider.System);
        var keys = new Dictionary<int, string>();
        var hits = 0;
        foreach (var request in trace.Requests)
        {
            if (!keys.TryGetValue(request, out var key))
            {
                keys.Add(request, key = $"key_{run}_{request}");
            }

            if (cache.Find(key) is null)
            {
                cache.Set(key, new LocalEntry<int>(request), Ttl);
            }
            else
            {
                hits++;
            }
        }

        return 100.0 * hits / trace.Requests.Length;
    }
}
