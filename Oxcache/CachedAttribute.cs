namespace Oxcaching;

/// <summary>
/// Caches what an async method returns. The build rewrites the method so that a call asks the cache first and runs the
/// body on a miss; concurrent misses of one key run it once.
/// </summary>
/// <remarks>
/// Goes on methods that return <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>. A hit hands out the stored
/// instance itself, so treat results as immutable. An exception of the body reaches the callers that wait and is never stored.
/// </remarks>
/// <example>
/// <code>
/// [Cached(Service = "user_cache", Ttl = 600)]
/// public async Task&lt;User&gt; GetUserAsync(long id, CancellationToken ct = default) => await db.QueryUserAsync(id, ct);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class CachedAttribute : Attribute
{
    /// <summary>Caches in the service "default".</summary>
    public CachedAttribute()
    {
    }

    /// <summary>Caches in the named service.</summary>
    /// <param name="service">The name of a service of the configuration: the NAME of <c>[services.NAME]</c>.</param>
    public CachedAttribute(string service) => Service = service;

    /// <summary>The service to cache in, the NAME of <c>[services.NAME]</c>. Default: "default".</summary>
    public string Service { get; set; } = "default";

    /// <summary>How long a result lives, in seconds, at most 2,592,000 (30 days). Default: 0, the service's own.</summary>
    public int Ttl { get; set; }

    /// <summary>
    /// The key, with parameters in braces: <c>"user_{id}"</c>. Default: none; the key is then made of the method and all its
    /// arguments except cancellation tokens and parameters marked <see cref="CacheKeyIgnoreAttribute"/>.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>Narrows the levels that the service has, for this method's reads and writes. Default: <see cref="CacheType.Inherit"/>.</summary>
    public CacheType CacheType { get; set; }

    /// <summary>Whether a null result is stored. Default: true; the service's <c>cache_null</c> must be true as well.</summary>
    public bool CacheNull { get; set; } = true;
}
