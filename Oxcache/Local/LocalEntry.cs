using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Oxcaching.Local;

/// <summary>What L1 holds under a key, and what the "tinylfu" engine knows about it: a hit touches this object and no other of the engine's.</summary>
/// <remarks>
/// Invariants. Key, hash, era and expiry are written once, before the entry is published in a table. Whether it lives is one
/// comparison, of its deadline with its era's time: expiry moves the time beyond the deadline, removal, replacement and
/// eviction move the deadline below every time, and clearing the cache moves the era's time beyond every deadline. A deadline
/// that is below every time never rises again. The hit counter is racy by design; the queue is guarded by the cache's lock.
/// </remarks>
internal abstract class LocalEntry
{
    /// <summary>Where the hit counter stops, so that hits on a hot entry write nothing.</summary>
    internal const int MaxHits = 3;

    private const long Removed = long.MinValue;
    private const long Replaced = long.MinValue + 1;

    private string _key = "";
    private Era _era = Era.Over;
    private long _deadline = Removed;
    private long _expiry;
    private uint _hash;
    private byte _hits;

    /// <summary>
    /// Whether its cache would still answer with it: for those who hold on to an entry, and from anywhere. False for entries of
    /// the "lru" engine, which cannot tell.
    /// </summary>
    public bool IsLive => Volatile.Read(ref _deadline) > _era.Now;

    /// <summary>The queue it is in. Guarded by the cache's lock.</summary>
    internal QueueName Queue { get; set; }

    /// <summary>The record of L2 that it is a copy of, as far as is known. Guarded by the key's lock.</summary>
    public RecordId Source { get; set; }

    internal string Key => _key;

    internal uint Hash => _hash;

    /// <summary>Hits since they were last taken, as far as they were counted.</summary>
    internal int Hits => _hits;

    /// <summary>Whether a successor is taking, or has taken, its place in the table.</summary>
    internal bool IsReplaced => Volatile.Read(ref _deadline) == Replaced;

    /// <summary>Whether nobody has removed, replaced or evicted it. It may have expired all the same.</summary>
    internal bool IsStored => Volatile.Read(ref _deadline) > Replaced;

    /// <summary>Whether it lives; if so that is a hit, which counts and prolongs its idle time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryHit()
    {
        var era = _era;
        var deadline = Volatile.Read(ref _deadline);
        var now = era.Now;
        if (deadline <= now)
        {
            return false;
        }

        if (_hits < MaxHits)
        {
            _hits++;
        }

        if (era.Idle != 0)
        {
            Prolong(era, deadline, now);
        }

        era.Hits.Increment();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasKey(ReadOnlySpan<char> key, uint hash) => _hash == hash && AreEqual(key, _key);

    /// <summary>As SequenceEqual, in fewer steps for what keys mostly are: 8 to 16 characters are two vectors, which may overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreEqual(ReadOnlySpan<char> key, string stored)
    {
        if (key.Length != stored.Length)
        {
            return false;
        }

        if (key.Length is < 8 or > 16)
        {
            return key.SequenceEqual(stored);
        }

        ref var left = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(key));
        ref var right = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(stored.AsSpan()));
        var rest = (nuint)(uint)key.Length - 8;
        var differences = (Vector128.LoadUnsafe(ref left) ^ Vector128.LoadUnsafe(ref right))
            | (Vector128.LoadUnsafe(ref left, rest) ^ Vector128.LoadUnsafe(ref right, rest));
        return differences == Vector128<ushort>.Zero;
    }

    /// <summary>Makes it live. Before it is published, under the cache's lock.</summary>
    internal void Store(string key, uint hash, Era era, long ttl)
    {
        if (_era != Era.Over)
        {
            throw new InvalidOperationException("An entry is stored only once.");
        }

        var now = era.Now;
        (_key, _hash, _era) = (key, hash, era);
        _expiry = ttl < Era.LastDeadline - now ? now + ttl : Era.LastDeadline;
        _deadline = era.Idle == 0 ? _expiry : Math.Min(_expiry, now + era.Idle);
    }

    /// <summary>Ends it. Under the cache's lock, before it leaves the table, and once.</summary>
    /// <returns>Whether it was live until then.</returns>
    internal bool Kill()
    {
        var wasLive = IsLive;
        Volatile.Write(ref _deadline, Removed);
        return wasLive;
    }

    /// <summary>Ends it in favour of a successor, which then must take its slot at once: readers wait for that.</summary>
    /// <returns>Whether it was live until then.</returns>
    internal bool KillFor(LocalEntry successor)
    {
        var wasLive = IsLive;
        successor._hits = (byte)Math.Min(_hits + 1, MaxHits);
        successor.Queue = Queue;
        Volatile.Write(ref _deadline, Replaced);
        return wasLive;
    }

    /// <summary>Whether it may still be an answer at this time of its cache: also when its era is over.</summary>
    internal bool Outlives(long now) => Volatile.Read(ref _deadline) > now;

    /// <summary>Lets it live no longer than this. Under the cache's lock; of two caps the earlier holds.</summary>
    internal void Cap(long deadline)
    {
        if (deadline >= _expiry)
        {
            return;
        }

        Volatile.Write(ref _expiry, deadline);
        for (var seen = Volatile.Read(ref _deadline); seen > Replaced; seen = Volatile.Read(ref _deadline))
        {
            // Always another one, so that a hit that read the expiry before cannot prolong it any more.
            if (Interlocked.CompareExchange(ref _deadline, Math.Min(seen - 1, deadline), seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>Marks it as stored in this era, for an engine that keeps the time of its entries itself.</summary>
    internal void Join(Era era) => _era = era;

    internal bool BelongsTo(Era era) => _era == era;

    /// <summary>The hits since this was last called.</summary>
    internal int TakeHits()
    {
        var hits = _hits;
        _hits = 0;
        return hits;
    }

    /// <summary>Moves the deadline, not at each hit but once 1/64 of the idle time has passed. A kill meanwhile wins.</summary>
    private void Prolong(Era era, long deadline, long now)
    {
        var later = Math.Min(Volatile.Read(ref _expiry), now + era.Idle);
        if (later - deadline > era.Idle >> 6)
        {
            Interlocked.CompareExchange(ref _deadline, later, deadline);
        }
    }
}
