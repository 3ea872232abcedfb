using Oxcaching.Configuration;

namespace Oxcaching.Local;

/// <summary>The "tinylfu" engine: hits take no lock, allocate nothing and read no clock; all else is done by writers, under one lock.</summary>
/// <remarks>
/// Invariants. There are never more entries than the capacity, and none is evicted below it. What a lookup returns was live
/// during the lookup; an entry that stays in the cache is never missed. Whatever ends an entry's life marks the entry itself before
/// it leaves the table, so that whoever holds it knows at once.
/// <para>The clock may be behind by <see cref="Ticker.Resolution"/>, so an entry may outlive its TTL by as much.</para>
/// </remarks>
internal sealed class TinyLfuCache : ILocalCache, ITicked
{
    private const int SmallestTable = 48;
    private const int SlotsPerSweepStep = 1024;
    private const int SweepsPerRound = 8;

    private readonly Lock _lock = new();
    private readonly Action<LocalEntry, RemovalReason>? _listener;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _idle;
    private readonly int _capacity;
    private readonly int _initialCapacity;
    private readonly HitCounter _hits = new();
    private readonly TinyLfuPolicy _policy;
    private readonly Ticker _ticker;
    private volatile EntryTable _table;
    private volatile Era _era;
    private volatile IEntryHolder[] _holders = [];
    private int _sweepAt;
    private bool _disposed;

    /// <param name="settings">The capacity and the idle time.</param>
    /// <param name="time">The clock.</param>
    /// <param name="listener">Told, once and outside the lock, of each entry that left, and why. It must not throw.</param>
    public TinyLfuCache(LocalSettings settings, TimeProvider time, Action<LocalEntry, RemovalReason>? listener = null)
    {
        _listener = listener;
        _time = time;
        _started = time.GetTimestamp();
        _idle = settings.Tti ?? TimeSpan.Zero;
        _capacity = settings.MaxCapacity;
        _initialCapacity = Math.Min(_capacity, Math.Max(SmallestTable, settings.InitialCapacity));
        _era = new Era(_idle, _hits);
        _table = new EntryTable(_initialCapacity);
        _policy = new TinyLfuPolicy(_capacity, _hits, _table);
        _ticker = Ticker.Start(time, this);
    }

    public int Count => _table.Count;

    public int Capacity => _capacity;

    public void Attach(IEntryHolder holder)
    {
        lock (_lock)
        {
            _holders = [.. _holders, holder];
        }
    }

    public LocalEntry? Find(ReadOnlySpan<char> key, uint hash)
    {
        var entry = _table.Find(key, hash);
        return entry is null || entry.TryHit() ? entry : FindSuccessor(key, hash, entry);
    }

    public LocalEntry? Peek(string key)
    {
        var hash = KeyHash.Of(key);
        lock (_lock)
        {
            var slot = _table.SlotOf(key, hash);
            return slot >= 0 && _table[slot].Outlives(_era.Now) ? _table[slot] : null;
        }
    }

    public void Doubt()
    {
        lock (_lock)
        {
            var doubted = _era;
            _era = new Era(_idle, _hits);
            _era.AdvanceTo(doubted.Now);
            doubted.Close();
        }
    }

    public void Cap(TimeSpan least, TimeSpan most)
    {
        var from = _time.GetElapsedTime(_started) + least;
        var spread = (most - least).Ticks / (uint.MaxValue + 1.0);
        EntryTable capped;
        do
        {
            capped = _table;
            for (var start = 0; start < capped.SlotCount; start += SlotsPerSweepStep)
            {
                CapStep(capped, start, from.Ticks, spread);
            }
        }
        while (capped != _table);
    }

    public void Set(string key, uint hash, LocalEntry entry, TimeSpan ttl)
    {
        if (ttl <= TimeSpan.Zero)
        {
            Remove(key);
            return;
        }

        var removals = new RemovalBatch(_listener);
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            entry.Store(key, hash, _era, ttl.Ticks);
            var slot = _table.SlotOf(key, hash);
            if (slot < 0)
            {
                MakeRoom(ref removals);
                _policy.Add(_table.Add(entry));
            }
            else
            {
                Replace(slot, entry, ref removals);
            }
        }

        removals.Tell();
    }

    public bool Remove(string key)
    {
        var hash = KeyHash.Of(key);
        var removals = new RemovalBatch(_listener);
        bool wasLive;
        lock (_lock)
        {
            var slot = _table.SlotOf(key, hash);
            if (slot < 0)
            {
                return false;
            }

            wasLive = Remove(slot, RemovalReason.Removed, ref removals);
        }

        removals.Tell();
        return wasLive;
    }

    /// <summary>Takes as long for many entries as for few, unless there is a listener to be told of each.</summary>
    public void Clear()
    {
        EntryTable cleared;
        lock (_lock)
        {
            cleared = StartAfresh();
        }

        TellCleared(cleared);
    }

    /// <summary>Lets everything go; from then on every lookup misses and nothing is stored.</summary>
    public void Dispose()
    {
        EntryTable cleared;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            cleared = StartAfresh();
        }

        _ticker.Dispose();
        TellCleared(cleared);
        ReleaseDead();
    }

    void ITicked.Tick() => _era.AdvanceTo(_time.GetElapsedTime(_started).Ticks);

    /// <summary>Frees what has expired in the next part of the table; all of it is visited in a few rounds.</summary>
    void ITicked.Sweep()
    {
        var steps = _table.SlotCount / SlotsPerSweepStep / SweepsPerRound + 1;
        for (var i = 0; i < steps && _table.Count > 0; i++)
        {
            SweepStep();
        }

        ReleaseDead();
    }

    /// <summary>A dead entry was found: because another is taking its place, or because there is none any more.</summary>
    private LocalEntry? FindSuccessor(ReadOnlySpan<char> key, uint hash, LocalEntry? entry)
    {
        var spin = new SpinWait();
        while (entry is { IsReplaced: true })
        {
            // Its slot gets the successor in a moment, or has it already; a larger table may have come in between.
            spin.SpinOnce();
            entry = _table.Find(key, hash);
            if (entry is not null && entry.TryHit())
            {
                return entry;
            }
        }

        return null;
    }

    private void ReleaseDead()
    {
        foreach (var holder in _holders)
        {
            holder.ReleaseDead();
        }
    }

    private void MakeRoom(ref RemovalBatch removals)
    {
        var table = _table;
        if (table.Count == _capacity)
        {
            Remove(_policy.ChooseVictim(), RemovalReason.Capacity, ref removals);
        }
        else if (table.Count == table.Limit)
        {
            var larger = new EntryTable(Math.Min(_capacity, table.Limit * 2));
            _policy.MoveTo(larger);
            _table = larger;
        }
    }

    private void Replace(int slot, LocalEntry entry, ref RemovalBatch removals)
    {
        var old = _table[slot];
        var wasLive = old.KillFor(entry);
        _table.Replace(slot, entry);
        removals.Add(old, wasLive ? RemovalReason.Replaced : RemovalReason.Expired);
    }

    /// <returns>Whether the entry was live until then.</returns>
    private bool Remove(int slot, RemovalReason reason, ref RemovalBatch removals)
    {
        var entry = _table[slot];
        var wasLive = entry.Kill();
        _policy.Remove(slot);
        _table.Remove(slot);
        removals.Add(entry, wasLive ? reason : RemovalReason.Expired);
        return wasLive;
    }

    /// <summary>A part at a time, for writers wait meanwhile.</summary>
    private void CapStep(EntryTable table, int start, long from, double spread)
    {
        var end = Math.Min(start + SlotsPerSweepStep, table.SlotCount);
        lock (_lock)
        {
            for (var slot = start; slot < end; slot++)
            {
                if (table.EntryOrNull(slot) is { } entry)
                {
                    entry.Cap(from + (long)(spread * entry.Hash));
                }
            }
        }
    }

    private void SweepStep()
    {
        var removals = new RemovalBatch(_listener);
        lock (_lock)
        {
            var table = _table;
            _sweepAt = _sweepAt < table.SlotCount ? _sweepAt : 0;
            var end = Math.Min(_sweepAt + SlotsPerSweepStep, table.SlotCount);
            for (; _sweepAt < end; _sweepAt++)
            {
                if (table.EntryOrNull(_sweepAt) is { } entry && !entry.Outlives(_era.Now))
                {
                    Remove(_sweepAt, RemovalReason.Expired, ref removals);
                }
            }
        }

        removals.Tell();
    }

    /// <summary>Ends the era, and leaves its entries to the GC.</summary>
    /// <returns>The table that has them.</returns>
    private EntryTable StartAfresh()
    {
        var (era, cleared) = (_era, _table);
        _era = new Era(_idle, _hits);
        _era.AdvanceTo(era.Now);
        era.Close();
        _table = new EntryTable(_disposed ? 0 : _initialCapacity);
        _policy.Reset(_table);
        return cleared;
    }

    private void TellCleared(EntryTable cleared)
    {
        for (var slot = 0; _listener is not null && slot < cleared.SlotCount; slot++)
        {
            if (cleared.EntryOrNull(slot) is { } entry)
            {
                _listener(entry, RemovalReason.Cleared);
            }
        }
    }
}
