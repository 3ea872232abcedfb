using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Local;

namespace Oxcaching.Benchmarks.Comparison;

internal readonly struct DictionaryHit(ConcurrentDictionary<string, string> dictionary, string[] lookups) : IOperation
{
    public int Invoke(int request) => dictionary.TryGetValue(lookups[request], out var value) ? value.Length : 0;
}

internal readonly struct MemoryCacheHit(MemoryCache cache, string[] lookups) : IOperation
{
    public int Invoke(int request) => cache.TryGetValue(lookups[request], out var value) && value is string text ? text.Length : 0;
}

/// <summary>As the clients do it: through the interface, by span, and with the check of the type.</summary>
internal readonly struct EngineHit(ILocalCache cache, string[] lookups) : IOperation
{
    public int Invoke(int request) => cache.Find(lookups[request]) is LocalEntry<string> entry ? entry.Value.Length : 0;
}

/// <summary>The same again, so that each engine has code of its own that is compiled for it alone.</summary>
internal readonly struct LruHit(ILocalCache cache, string[] lookups) : IOperation
{
    public int Invoke(int request) => cache.Find(lookups[request]) is LocalEntry<string> entry ? entry.Value.Length : 0;
}
