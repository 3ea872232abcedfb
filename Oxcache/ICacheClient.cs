namespace Oxcaching;

/// <summary>One service of the cache, used by hand. Get it with <see cref="Oxcache.GetClient"/>.</summary>
/// <remarks>
/// Thread-safe. No method throws because Redis is down: a read is then a miss, a write is counted and logged. A key that is
/// null or empty throws <see cref="ArgumentException"/>. A value stored as another type is a miss. L1 hands out the stored
/// instance itself, so treat values as immutable.
/// </remarks>
public interface ICacheClient
{
    /// <summary>The name of the service, the NAME of <c>[services.NAME]</c>.</summary>
    string Service { get; }

    /// <summary>Reads a value.</summary>
    /// <param name="key">The key; neither null nor empty.</param>
    /// <param name="ct">Ends the wait for L2; a value in L1 is returned even when it is already cancelled.</param>
    /// <returns>The value, or <c>default</c> on a miss.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled while waiting.</exception>
    ValueTask<T?> GetAsync<T>(string key, CancellationToken ct = default);

    /// <summary>Reads a value, telling a cached null from a miss.</summary>
    /// <inheritdoc cref="GetAsync{T}" path="/param|/exception"/>
    /// <returns>The hit or the miss.</returns>
    ValueTask<CacheLookup<T>> TryGetAsync<T>(string key, CancellationToken ct = default);

    /// <summary>Stores a value in every level the service has, in place of what is there.</summary>
    /// <param name="key">The key; neither null nor empty.</param>
    /// <param name="value">The value. Null is a value, unless the service has <c>cache_null = false</c>: then it deletes the key.</param>
    /// <param name="ttl">How long it lives: more than zero, at most 30 days. Default: the service's.</param>
    /// <param name="ct">Ends the wait; the write itself may still happen.</param>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    ValueTask SetAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default);

    /// <summary>Stores a value in this process alone.</summary>
    /// <inheritdoc cref="SetAsync{T}" path="/param|/exception"/>
    /// <exception cref="NotSupportedException">The service has no L1.</exception>
    ValueTask SetL1OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default);

    /// <summary>Stores a value in Redis alone; what this process's L1 holds under the key is dropped.</summary>
    /// <inheritdoc cref="SetAsync{T}" path="/param|/exception"/>
    /// <exception cref="NotSupportedException">The service has no L2.</exception>
    ValueTask SetL2OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default);

    /// <summary>Reads a value, or makes and stores it. Concurrent misses of one key run one factory.</summary>
    /// <param name="key">The key; neither null nor empty.</param>
    /// <param name="factory">
    /// Makes the value on a miss. Its token is cancelled when the last caller that waits has left. What it throws reaches
    /// every caller that waits, and is not stored.
    /// </param>
    /// <param name="ttl">How long it lives: more than zero, at most 30 days. Default: the service's.</param>
    /// <param name="ct">Ends this caller's wait, not the others'.</param>
    /// <returns>The cached or the new value.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled while waiting.</exception>
    ValueTask<T> GetOrSetAsync<T>(
        string key, Func<CancellationToken, ValueTask<T>> factory, TimeSpan? ttl = null, CancellationToken ct = default);

    /// <summary>Deletes a key from every level. No load that began before is stored after it.</summary>
    /// <param name="key">The key; neither null nor empty.</param>
    /// <param name="ct">Ends the wait; the delete itself may still happen.</param>
    /// <returns>Whether there was a value in a level that could be asked.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    ValueTask<bool> DeleteAsync(string key, CancellationToken ct = default);

    /// <summary>Whether a value is stored under the key, in either level. The value itself is not read.</summary>
    /// <inheritdoc cref="GetAsync{T}" path="/param|/exception"/>
    ValueTask<bool> ExistsAsync(string key, CancellationToken ct = default);

    /// <summary>Deletes every key of the service, and nothing else, from every level.</summary>
    /// <param name="ct">Ends the wait; what is not deleted by then stays in L2.</param>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    ValueTask ClearAsync(CancellationToken ct = default);
}
