namespace Oxcaching.Writes;

/// <summary>
/// The keys with pending writes: which of them may be sent, in the order in which they came, and which have failed and pause.
/// Guarded by the lock of <see cref="PendingWrites"/>, but for <see cref="Count"/>, <see cref="Bytes"/> and <see cref="Behind"/>.
/// </summary>
internal sealed class PendingTable
{
    private readonly Dictionary<string, PendingKey> _keys = new(StringComparer.Ordinal);
    private readonly Queue<PendingKey> _queue = [];
    private readonly HashSet<PendingKey> _parked = [];
    private int _count;
    private long _bytes;
    private int _behind;

    /// <summary>How many of the first in the queue could not be sent when they came.</summary>
    private int _waiting;

    /// <summary>How many keys have pending writes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>About what they take in memory.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>How many keys have failed, or were pending at <see cref="FallBehind"/>, and none of their writes has arrived since.</summary>
    public int Behind => Volatile.Read(ref _behind);

    /// <summary>The newest write of each key.</summary>
    public IEnumerable<PendingWrite> Newest => _keys.Values.Select(key => key.Newest);

    public int Queued => _queue.Count;

    public int Parked => _parked.Count;

    /// <summary>The first that may be sent.</summary>
    public PendingKey? First => _queue.TryPeek(out var key) ? key : null;

    public PendingWrite? NewestOf(string key) => _keys.GetValueOrDefault(key)?.Newest;

    /// <summary>Takes in a write, which may be sent, also if the one before it of the same key pauses.</summary>
    public void Add(PendingWrite write, long now)
    {
        if (!_keys.TryGetValue(write.Key.Text, out var key))
        {
            _keys.Add(write.Key.Text, key = new PendingKey());
        }

        var (wasIdle, before) = (key.IsEmpty, key.Bytes);
        key.Add(write, now);
        Settle(write.Key.Text, key, before);
        if (wasIdle || _parked.Remove(key))
        {
            _queue.Enqueue(key);
        }
    }

    /// <summary>All that is pending ought to have arrived by now.</summary>
    public void FallBehind()
    {
        foreach (var key in _keys.Values)
        {
            SetBehind(key, true);
        }
    }

    /// <summary>What stands in the queue now has had to wait for its turn.</summary>
    public void Hold() => _waiting = _queue.Count;

    /// <summary>Takes the first from the queue, to be sent.</summary>
    public List<PendingWrite> Take(int most, long mostBytes)
    {
        var batch = new List<PendingWrite>(Math.Min(_queue.Count, most));
        var bytes = 0L;
        while (batch.Count < most && bytes < mostBytes && _queue.TryDequeue(out var key))
        {
            var write = key.Send();
            write.Waited |= _waiting > 0;
            _waiting = Math.Max(0, _waiting - 1);
            bytes += write.Envelope?.Length ?? 0;
            batch.Add(write);
        }

        return batch;
    }

    /// <summary>One that was sent has arrived; a newer one of its key may be sent.</summary>
    /// <returns>Whether it is the first of its key to arrive after one that failed.</returns>
    public bool Arrived(PendingWrite write)
    {
        var key = _keys[write.Key.Text];
        var (hadFailed, before) = (key.HasFailed, key.Bytes);
        key.Arrived();
        SetBehind(key, false);
        Settle(write.Key.Text, key, before);
        if (!key.IsEmpty)
        {
            _queue.Enqueue(key);
        }

        return hadFailed;
    }

    /// <summary>One that was sent has not arrived: its key pauses.</summary>
    /// <returns>Whether there is anything left to be sent of the key.</returns>
    public bool Failed(PendingWrite write, long now)
    {
        var key = _keys[write.Key.Text];
        var before = key.Bytes;
        key.Failed(now);
        SetBehind(key, true);
        Settle(write.Key.Text, key, before);
        return !key.IsEmpty && _parked.Add(key);
    }

    /// <summary>Those that pause may be sent.</summary>
    public void Unpark()
    {
        foreach (var key in _parked)
        {
            _queue.Enqueue(key);
        }

        _parked.Clear();
    }

    /// <summary>Forgets all that are not on their way.</summary>
    /// <param name="inFavourOf">Takes the place of all of them; null: nothing does.</param>
    /// <returns>Those that it has forgotten.</returns>
    public List<PendingWrite> Abandon(PendingClear? inFavourOf)
    {
        var abandoned = new List<PendingWrite>();
        foreach (var (name, key) in _keys)
        {
            inFavourOf?.Supersede(key.Newest);
            var before = key.Bytes;
            if (key.Abandon() is { } write)
            {
                abandoned.Add(write);
            }

            Settle(name, key, before);
        }

        _queue.Clear();
        _parked.Clear();
        _waiting = 0;
        return abandoned;
    }

    /// <summary>After a change of a key, which lets go of one that has no write any more.</summary>
    private void Settle(string name, PendingKey key, long before)
    {
        if (key.IsEmpty)
        {
            SetBehind(key, false);
            _keys.Remove(name);
        }

        Volatile.Write(ref _bytes, _bytes + key.Bytes - before);
        Volatile.Write(ref _count, _keys.Count);
    }

    private void SetBehind(PendingKey key, bool isBehind)
    {
        if (key.IsBehind != isBehind)
        {
            key.IsBehind = isBehind;
            Volatile.Write(ref _behind, _behind + (isBehind ? 1 : -1));
        }
    }
}
