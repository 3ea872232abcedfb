using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Weaving;

namespace Oxcaching.Benchmarks.Woven;

internal readonly struct WovenCall : IOperation
{
    public int Invoke(int request) => (int)Users.GetUserAsync(request).Result.Id;
}

internal readonly struct WovenValueTaskCall : IOperation
{
    public int Invoke(int request) => (int)Users.GetUserValueAsync(request).Result.Id;
}

internal readonly struct WovenDefaultKeyCall : IOperation
{
    public int Invoke(int request) => (int)Users.GetUserByDefaultKeyAsync(request).Result.Id;
}

internal readonly struct WovenStringCall(string[] names) : IOperation
{
    public int Invoke(int request) => (int)Users.GetUserByNameAsync(names[request]).Result.Id;
}

/// <summary>What the weaver writes for a method without a front: the key is built and L1 is asked.</summary>
internal readonly struct OrdinaryPathCall(CachedMethod<User> site) : IOperation
{
    public int Invoke(int request)
    {
        var key = new CacheKeyBuilder("user_");
        key.AppendText<long>(request);
        return site.TryGetTask(ref key, out var hit) ? (int)hit.Result.Id : throw new InvalidOperationException("It was to be a hit.");
    }
}

internal readonly struct UncachedCall : IOperation
{
    public int Invoke(int request) => (int)Users.GetUncachedAsync(request).Result.Id;
}

/// <summary>By hand, with the key that most would write.</summary>
internal readonly struct DictionaryCall(ConcurrentDictionary<string, Task<User>> dictionary) : IOperation
{
    public int Invoke(int request) => (int)dictionary.GetOrAdd($"user_{(long)request}", static (_, id) => Users.GetUncachedAsync(id), request).Result.Id;
}

internal readonly struct DictionaryStringCall(ConcurrentDictionary<string, Task<User>> dictionary, string[] names) : IOperation
{
    public int Invoke(int request)
    {
        var name = names[request];
        return (int)dictionary.GetOrAdd($"name_{name}", static (_, name) => Task.FromResult(new User(name.Length)), name).Result.Id;
    }
}

internal readonly struct MemoryCacheCall(IMemoryCache cache) : IOperation
{
    public int Invoke(int request)
    {
        long id = request;
        return (int)cache.GetOrCreateAsync($"user_{id}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Comparison.Caches.Ttl;
            entry.Size = 1;
            return Users.GetUncachedAsync(id);
        }).Result!.Id;
    }
}

/// <summary>A key that was never asked for before, with both caches full.</summary>
internal readonly struct WovenMiss(Counter counter) : IOperation
{
    public int Invoke(int request) => (int)Users.GetUserFromSmallCacheAsync(counter.Next()).Result.Id;
}

/// <summary>At its limit MemoryCache refuses what it is given, until another thread has evicted a twentieth.</summary>
internal readonly struct MemoryCacheRefusingMiss(IMemoryCache cache, Counter counter) : IOperation
{
    public int Invoke(int request)
    {
        var id = counter.Next();
        return (int)cache.GetOrCreateAsync($"user_{id}", entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Comparison.Caches.Ttl;
            entry.Size = 1;
            return Users.GetUncachedAsync(id);
        }).Result!.Id;
    }
}

/// <summary>
/// MemoryCache with its own compaction, of its own default share, done where the limit is reached rather than later on another
/// thread: so every value is stored, and what is stored costs another its place.
/// </summary>
internal readonly struct MemoryCacheEvictingMiss(MemoryCache cache, int capacity, Counter counter) : IOperation
{
    private const int Share = 20;

    private readonly MemoryCacheRefusingMiss _miss = new(cache, counter);

    public int Invoke(int request)
    {
        // Each key is new, so that from the first compaction on the limit is reached every so many misses.
        if (counter.Last >= capacity && counter.Last % (capacity / Share) == 0)
        {
            cache.Compact(1.0 / Share);
        }

        return _miss.Invoke(request);
    }
}

internal sealed class Counter
{
    public long Last { get; private set; }

    public long Next() => ++Last;
}
