namespace Oxcaching;

/// <summary>One service of the cache, used by hand. Get it with <see cref="Oxcache.GetClient"/>.</summary>
/// <remarks>
/// Thread-safe. No method throws because Redis is down: a read is then a miss, and a write waits, is read on its instance
/// meanwhile, and is sent when Redis is back. A key that is null or empty throws <see cref="ArgumentException"/>. A value
/// stored as another type is a miss. L1 hands out the stored instance itself, so treat values as immutable.
/// </remarks>
public interface ICacheClient
{
    /// <summary>The name of the service, the NAME of <c>[services.NAME]</c>.</summary>
    string Service { get; }

    /// <summary>How the service and its Redis get on at this moment. Services that share a Redis share its state; pending writes are the service's own.</summary>
    CacheHealth Health { get; }

    /// <summary>
    /// Raised when the state of <see cref="Health"/> has changed, on a thread of the pool and in the order of the changes. What a handler throws is
    /// logged.
    /// </summary>
    event EventHandler<CacheHealth>? HealthChanged;

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

    /// <summary>Reads several values at once: from L1 what is there, the rest in one round trip to each primary of L2.</summary>
    /// <param name="keys">The keys; none null or empty. One that is named twice counts once.</param>
    /// <param name="ct">Ends the wait for L2.</param>
    /// <returns>The values that there are, by their keys; a cached null is one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">A key is null or empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while L2 was asked.</exception>
    ValueTask<IReadOnlyDictionary<string, T?>> GetManyAsync<T>(IEnumerable<string> keys, CancellationToken ct = default);

    /// <summary>Stores several values at once, in one round trip to each primary of L2. They are not stored as one: each key is by itself.</summary>
    /// <param name="values">The keys, none null or empty, and their values. Of a key that is named twice the last value is stored.</param>
    /// <param name="ttl">How long they live, more than zero and at most 30 days. Default: the service's TTL.</param>
    /// <param name="ct">Ends the wait for L2; the values may be stored all the same.</param>
    /// <exception cref="ArgumentNullException"><paramref name="values"/> is null.</exception>
    /// <exception cref="ArgumentException">A key is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is not in its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask SetManyAsync<T>(IEnumerable<KeyValuePair<string, T>> values, TimeSpan? ttl = null, CancellationToken ct = default);

    /// <summary>Deletes several keys at once, in one round trip to each primary of L2.</summary>
    /// <param name="keys">The keys; none null or empty. One that is named twice counts once.</param>
    /// <param name="ct">Ends the wait for L2; the keys may be deleted all the same.</param>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="keys"/> is null.</exception>
    /// <exception cref="ArgumentException">A key is null or empty.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<int> DeleteManyAsync(IEnumerable<string> keys, CancellationToken ct = default);

    /// <summary>Takes a lock that all instances of the service share, if nobody has it; with an L1 alone, all of this process. Does not wait.</summary>
    /// <remarks>
    /// A lock is not a value: its key may be a value's, too. Redis may lose it in a failover, and its owner may be stopped for longer
    /// than it lasts; so let it spare work, and let nothing's correctness rest on it.
    /// </remarks>
    /// <param name="key">What is locked.</param>
    /// <param name="ttl">After how long it is free again, whatever becomes of its owner: at least a millisecond and at most 30 days.</param>
    /// <param name="ct">Ends the wait for L2; the lock may be taken all the same, until it expires.</param>
    /// <returns>What releases the lock when it is disposed, if it is still the caller's; null while another has it, or L2 is down.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is not in its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<IAsyncDisposable?> TryLockAsync(string key, TimeSpan ttl, CancellationToken ct = default);
}
