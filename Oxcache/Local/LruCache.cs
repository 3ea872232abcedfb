using Microsoft.Extensions.Caching.Memory;
using Oxcaching.Configuration;

namespace Oxcaching.Local;

/// <summary>The "lru" engine, on Microsoft's MemoryCache.</summary>
/// <remarks>
/// MemoryCache's own SizeLimit rejects the newcomer when it is full. So capacity is kept from here: the writer that finds the
/// cache over it compacts, others go on meanwhile and may briefly overshoot.
/// </remarks>
internal sealed class LruCache : ILocalCache
{
    private const double CompactedShare = 0.05;

    private readonly MemoryCache _cache;
    private readonly int _capacity;
    private readonly TimeSpan? _tti;
    private readonly TimeProvider _time;
    private volatile Era _era = NewEra();
    private volatile EraCap? _cap;
    private int _compacting;
    private volatile bool _disposed;

    public LruCache(LocalSettings settings, TimeProvider time)
    {
        _capacity = settings.MaxCapacity;
        _tti = settings.Tti;
        _time = time;
        _cache = new MemoryCache(new MemoryCacheOptions { Clock = new TimeProviderClock(time) });
    }

    public int Count => _cache.Count;

    public int Capacity => _capacity;

    /// <summary>There are no sweeps here, and its entries do not tell whether they live.</summary>
    public void Attach(IEntryHolder holder)
    {
    }

    public LocalEntry? Find(ReadOnlySpan<char> key, uint hash) =>
        !_disposed && _cache.TryGetValue(key, out var found) && found is LocalEntry entry
        && (entry.BelongsTo(_era) || _cap?.Spares(entry, hash) == true)
            ? entry
            : null;

    public LocalEntry? Peek(string key) => !_disposed && _cache.TryGetValue(key, out var entry) ? (LocalEntry?)entry : null;

    public void Doubt()
    {
        _cap = null;
        _era = NewEra();
    }

    public void Cap(TimeSpan least, TimeSpan most)
    {
        _cap = new EraCap(_era, _time, least, most);
        _era = NewEra();
    }

    public void Set(string key, uint hash, LocalEntry entry, TimeSpan ttl)
    {
        if (_disposed)
        {
            return;
        }

        entry.Join(_era);
        using (var slot = _cache.CreateEntry(key))
        {
            slot.Value = entry;
            slot.AbsoluteExpirationRelativeToNow = ttl;
            slot.SlidingExpiration = _tti;
        }

        if (_cache.Count > _capacity)
        {
            Compact();
        }
    }

    public bool Remove(string key)
    {
        var wasLive = this.Find(key) is not null;
        _cache.Remove(key);
        return wasLive;
    }

    public void Clear()
    {
        if (!_disposed)
        {
            _cache.Clear();
        }
    }

    /// <summary>Lets everything go; from then on every lookup misses and nothing is stored.</summary>
    public void Dispose()
    {
        _disposed = true;
        _cache.Clear();
    }

    private static Era NewEra() => new(TimeSpan.Zero, new HitCounter());

    private void Compact()
    {
        if (Interlocked.CompareExchange(ref _compacting, 1, 0) != 0)
        {
            return;
        }

        try
        {
            // Down to the capacity at least: compacting rounds the share down to whole entries.
            var count = _cache.Count;
            var excess = Math.Max(count - _capacity, (int)(_capacity * CompactedShare));
            _cache.Compact((excess + 0.5) / count);
        }
        finally
        {
            Volatile.Write(ref _compacting, 0);
        }
    }
}
