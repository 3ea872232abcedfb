namespace Oxcaching.Clients;

/// <summary>Locks of one service in this process, which expire. Thread-safe.</summary>
internal sealed class LocalLocks(TimeProvider time)
{
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>What releases the lock; null while another has it.</summary>
    public IAsyncDisposable? TryTake(string key, TimeSpan ttl)
    {
        lock (_held)
        {
            if (_held.TryGetValue(key, out var held) && time.GetElapsedTime(held.Since) < held.Ttl)
            {
                return null;
            }

            return _held[key] = new Held(this, key, time.GetTimestamp(), ttl);
        }
    }

    private void Release(Held held)
    {
        lock (_held)
        {
            if (_held.GetValueOrDefault(held.Key) == held)
            {
                _held.Remove(held.Key);
            }
        }
    }

    private sealed class Held(LocalLocks owner, string key, long since, TimeSpan ttl) : IAsyncDisposable
    {
        public string Key => key;

        public long Since => since;

        public TimeSpan Ttl => ttl;

        public ValueTask DisposeAsync()
        {
            owner.Release(this);
            return ValueTask.CompletedTask;
        }
    }
}
