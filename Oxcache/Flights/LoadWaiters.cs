using System.Collections.Concurrent;

namespace Oxcaching.Flights;

/// <summary>Loads that wait for another instance's load of the same key. Thread-safe.</summary>
internal sealed class LoadWaiters(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);

    /// <summary>How many keys somebody waits for.</summary>
    public int Count => _waiters.Count;

    /// <summary>Somebody's load is over.</summary>
    public void Wake(string key)
    {
        if (!_waiters.IsEmpty && _waiters.TryRemove(key, out var waiter))
        {
            waiter.TrySetResult();
        }
    }

    /// <summary>Until it is over, or the time is.</summary>
    public async Task WaitAsync(string key, TimeSpan longest, CancellationToken cancellationToken)
    {
        var waiter = _waiters.GetOrAdd(key, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await waiter.Task.WaitAsync(longest, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The message may have been lost; the caller looks for himself.
        }
        finally
        {
            _waiters.TryRemove(KeyValuePair.Create(key, waiter));
        }
    }
}
