using System.Numerics;
using System.Runtime.CompilerServices;
using Oxcaching.Local;

namespace Oxcaching.Weaving;

/// <summary>
/// Answers hits of one method by the arguments themselves, without building a key: what formatting and hashing the key costs is most
/// of what a hit costs. It stands in front of one L1, and grows with use.
/// </summary>
/// <remarks>
/// Invariant: it answers only from an entry that L1 still stands behind. Whatever ends an entry's life marks the entry itself, so an
/// invalidation is one write and reaches every front at once; and such a hit counts for L1's policy like any other. Thread-safe.
/// </remarks>
internal sealed class MethodFront<T, TArguments> : IEntryHolder
    where TArguments : struct, IFrontArguments<TArguments>
{
    private const int Smallest = 16;
    private const int Largest = 1 << 20;

    private readonly Lock _growing = new();
    private readonly int _bound;
    private volatile FrontTable<T, TArguments> _table = new(Smallest);

    public MethodFront(CacheManager manager, ILocalCache cache)
    {
        Manager = manager;
        _bound = (int)Math.Min(Largest, BitOperations.RoundUpToPowerOf2((uint)Math.Max(Smallest, cache.Capacity)));
    }

    /// <summary>It answers only while this is the current one.</summary>
    public CacheManager Manager { get; }

    /// <summary>A live entry for the call; null when there is none here. That is a hit, and counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LocalEntry<T>? Find(ref readonly TArguments arguments) =>
        _table.Find(in arguments) is { } entry && entry.TryHit() ? entry : null;

    /// <summary>Keeps what L1 has answered with.</summary>
    public void Keep(ref readonly TArguments arguments, LocalEntry<T> entry)
    {
        var table = _table;
        table.Keep(in arguments, entry);
        if (table.IsCrowded && table.Size < _bound)
        {
            Grow(table);
        }
    }

    public void ReleaseDead() => _table.ReleaseDead();

    private void Grow(FrontTable<T, TArguments> table)
    {
        lock (_growing)
        {
            if (_table == table)
            {
                _table = table.Doubled();
            }
        }
    }
}
