using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Oxcaching.Weaving;

/// <summary>A woven method's site: asks L1 first, and on a miss runs the call through the service's flights. Made by woven code.</summary>
/// <typeparam name="T">The result of the method.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedMethod<T>
{
    /// <summary>Makes the site of one method.</summary>
    /// <param name="service">The service named by the attribute.</param>
    /// <param name="method">The method's name as logs show it.</param>
    /// <param name="ttlSeconds">The attribute's TTL; 0: the service's.</param>
    /// <param name="cacheType">The attribute's narrowing.</param>
    /// <param name="cacheNull">Whether a null result is stored.</param>
    public CachedMethod(string service, string method, int ttlSeconds, CacheType cacheType, bool cacheNull)
    {
    }

    /// <summary>Asks L1. A hit releases the key; on a miss the key is still to be passed on.</summary>
    public bool TryGetTask(ref CacheKeyBuilder key, [NotNullWhen(true)] out Task<T>? hit)
    {
        hit = null;
        return false;
    }

    /// <summary>Asks L1. A hit releases the key; on a miss the key is still to be passed on.</summary>
    public bool TryGetValueTask(ref CacheKeyBuilder key, out ValueTask<T> hit)
    {
        hit = default;
        return false;
    }

    /// <summary>Answers a call that L1 could not answer.</summary>
    public Task<T> InvokeAsTask<TCall>(ref CacheKeyBuilder key, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T> => call.InvokeAsync(cancellationToken).AsTask();

    /// <summary>Answers a call that L1 could not answer.</summary>
    public ValueTask<T> InvokeAsValueTask<TCall>(ref CacheKeyBuilder key, TCall call, CancellationToken cancellationToken)
        where TCall : struct, ICachedCall<T> => call.InvokeAsync(cancellationToken);
}
