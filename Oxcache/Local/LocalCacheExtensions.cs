namespace Oxcaching.Local;

/// <summary>For callers who have not hashed the key.</summary>
internal static class LocalCacheExtensions
{
    /// <summary>The live entry under the key; null on a miss.</summary>
    public static LocalEntry? Find(this ILocalCache cache, ReadOnlySpan<char> key) => cache.Find(key, KeyHash.Of(key));

    /// <summary>Stores an entry in the place of what is there.</summary>
    public static void Set(this ILocalCache cache, string key, LocalEntry entry, TimeSpan ttl) => cache.Set(key, KeyHash.Of(key), entry, ttl);
}
