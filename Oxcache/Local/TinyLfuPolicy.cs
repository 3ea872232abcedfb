namespace Oxcaching.Local;

/// <summary>Decides which entry leaves a full cache: W-TinyLFU, done lazily.</summary>
/// <remarks>
/// Newcomers pass through a window; the one that leaves it is admitted to the main part only if it was asked for more often than
/// the main part's next victim, which is the head of probation; what is hit there becomes protected. Other than in the
/// literature a hit moves nothing: it bumps a counter on the entry, and only when the entry reaches the head of its queue are
/// its hits taken into the sketch, and the entry moved to where they would have put it. Guarded by the cache's lock.
/// <para>
/// Invariants. Window, probation and protected together hold every entry of the table. Work per call is bounded, whatever the
/// capacity: an entry is judged with its hits still on it rather than after a longer search.
/// </para>
/// </remarks>
internal sealed class TinyLfuPolicy
{
    private const double FirstWindowShare = 0.01;
    private const double LargestWindowShare = 0.8;
    private const double ProtectedShare = 0.8;
    private const int LongestSearch = 64;
    private const int MovesPerCall = 16;
    private const int ClimbsPerCapacity = 32;

    private readonly int _capacity;
    private readonly int _missesPerClimb;
    private readonly HitCounter _hits;
    private readonly Admission _admission;
    private readonly HillClimber _climber;
    private EntryTable _table;
    private EntryQueue _window;
    private EntryQueue _probation;
    private EntryQueue _protected;
    private int _windowSize;
    private long _misses;
    private long _nextClimb;

    public TinyLfuPolicy(int capacity, HitCounter hits, EntryTable table)
    {
        _capacity = capacity;
        _missesPerClimb = capacity / ClimbsPerCapacity + 1;
        _nextClimb = _missesPerClimb;
        _hits = hits;
        _admission = new Admission(capacity);
        _climber = new HillClimber(capacity);
        _windowSize = Math.Max(1, (int)(capacity * FirstWindowShare));
        Reset(table);
    }

    private int ProtectedSize => (int)((_capacity - _windowSize) * ProtectedShare);

    /// <summary>Takes in an entry that the table has got.</summary>
    public void Add(int slot)
    {
        _window.Append(slot);
        _admission.Count(_table[slot], 1);
        if (_admission.IsDue(_table.Count))
        {
            _admission.Begin(_table);
        }

        if (++_misses >= _nextClimb)
        {
            Climb();
        }

        Balance();
    }

    /// <summary>Forgets an entry before the table does.</summary>
    public void Remove(int slot) => QueueOf(slot).Remove(slot);

    /// <summary>The slot that a full cache is to free for a newcomer.</summary>
    public int ChooseVictim()
    {
        var victim = Head(_probation) is var head and >= 0 ? head : Head(_protected);
        if (_window.Count < _windowSize && victim >= 0)
        {
            return victim;
        }

        var candidate = Head(_window);
        if (victim < 0 || !_table[candidate].IsLive)
        {
            return candidate;
        }

        if (!_table[victim].IsLive || _admission.Admits(_table[candidate], _table[victim]))
        {
            Move(candidate, _window, _probation);
            return victim;
        }

        return candidate;
    }

    /// <summary>Starts afresh on an empty table. What the sketch knows still holds.</summary>
    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_table), nameof(_window), nameof(_probation), nameof(_protected))]
    public void Reset(EntryTable table)
    {
        _table = table;
        _window = new EntryQueue(QueueName.Window, table);
        _probation = new EntryQueue(QueueName.Probation, table);
        _protected = new EntryQueue(QueueName.Protected, table);
    }

    /// <summary>Copies every entry into a larger table, and goes on there.</summary>
    public void MoveTo(EntryTable larger)
    {
        _window = _window.CopyTo(larger);
        _probation = _probation.CopyTo(larger);
        _protected = _protected.CopyTo(larger);
        _table = larger;
    }

    /// <summary>The first of the queue that was not hit since it was last looked at, or has expired; -1 when the queue is empty.</summary>
    private int Head(EntryQueue queue)
    {
        for (var i = Math.Min(LongestSearch, queue.Count); i > 0 && queue.Count > 0; i--)
        {
            var entry = _table[queue.First];
            if (!entry.IsLive || entry.TakeHits() is not (var hits and > 0))
            {
                break;
            }

            _admission.Count(entry, hits);
            Move(queue.First, queue, queue == _window ? _window : _protected);
            Demote();
        }

        return queue.First;
    }

    private void Demote()
    {
        for (var i = MovesPerCall; i > 0 && _protected.Count > ProtectedSize; i--)
        {
            var entry = _table[_protected.First];
            var hits = entry.TakeHits();
            _admission.Count(entry, hits);
            Move(_protected.First, _protected, hits > 0 ? _protected : _probation);
        }
    }

    /// <summary>Brings the window down to its size; what it lacks it gets with the newcomers.</summary>
    private void Balance()
    {
        for (var i = MovesPerCall; i > 0 && _window.Count > _windowSize; i--)
        {
            Move(_window.First, _window, _probation);
        }
    }

    private void Climb()
    {
        _nextClimb = _misses + _missesPerClimb;
        if (_table.Count < _capacity)
        {
            return;
        }

        var step = _climber.Climb(_hits.Sum, _misses);
        _windowSize = Math.Clamp(_windowSize + step, 1, Math.Max(1, (int)(_capacity * LargestWindowShare)));
    }

    private void Move(int slot, EntryQueue from, EntryQueue to)
    {
        from.Remove(slot);
        to.Append(slot);
    }

    private EntryQueue QueueOf(int slot) => _table[slot].Queue switch
    {
        QueueName.Window => _window,
        QueueName.Probation => _probation,
        _ => _protected,
    };
}
