using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

/// <summary>A cache and a naive dictionary that are to agree after every step.</summary>
/// <remarks>Which entry goes when the cache is full is the cache's choice: the dictionary follows what it is told of removals, and checks that each was allowed.</remarks>
internal sealed class CacheModel : IDisposable
{
    /// <summary>Short enough that every tick prolongs it, so that the model need not know how hits are saved up.</summary>
    private const int IdleTicks = 40;

    private readonly ManualTime _time = new();
    private readonly TinyLfuCache _cache;
    private readonly int _capacity;
    private readonly bool _idling;
    private readonly Dictionary<string, Stored> _stored = [];
    private readonly List<LocalEntry<int>> _everStored = [];
    private CacheOperation? _current;
    private int _capacityRemovals;
    private int _now;

    public CacheModel(int capacity, bool idling)
    {
        (_capacity, _idling) = (capacity, idling);
        var settings = new LocalSettings
        {
            MaxCapacity = capacity,
            InitialCapacity = 0,
            Ttl = TimeSpan.FromHours(1),
            Tti = idling ? Ticker.Resolution * IdleTicks : null,
            Eviction = EvictionPolicy.TinyLfu,
        };
        _cache = new TinyLfuCache(settings, _time, OnRemoved);
    }

    public void Do(CacheOperation operation)
    {
        _current = operation;
        _capacityRemovals = 0;
        var key = $"key {operation.Key}";
        switch (operation.Kind)
        {
            case CacheOperationKind.Find:
                Find(key);
                break;
            case CacheOperationKind.Set:
                Set(key, operation.Ticks);
                break;
            case CacheOperationKind.Remove:
                Assert.Equal(IsLive(key), _cache.Remove(key));
                Assert.False(_stored.ContainsKey(key));
                break;
            case CacheOperationKind.Clear:
                _cache.Clear();
                Assert.Empty(_stored);
                break;
            case CacheOperationKind.Doubt:
                _cache.Doubt();
                _stored.Values.ToList().ForEach(stored => stored.IsInDoubt = true);
                break;
            case CacheOperationKind.Wait:
                _now += operation.Ticks;
                _time.Advance(Ticker.Resolution * operation.Ticks);
                break;
        }

        CheckInvariants();
    }

    /// <summary>Disposing clears.</summary>
    public void Dispose()
    {
        _current = new CacheOperation(CacheOperationKind.Clear, 0, 0);
        _cache.Dispose();
    }

    private void Find(string key)
    {
        var expected = IsLive(key) ? _stored[key].Entry : null;
        Assert.Same(expected, _cache.Find(key));
        if (expected is not null)
        {
            _stored[key].ReadAt = _now;
        }
    }

    private void Set(string key, int ticks)
    {
        var wasStored = _stored.ContainsKey(key);
        var wasFull = _stored.Count == _capacity;
        var entry = new LocalEntry<int>(_everStored.Count);
        _cache.Set(key, entry, Ticker.Resolution * ticks);
        Assert.True(_capacityRemovals <= (wasFull && !wasStored ? 1 : 0), "Evicted below the capacity.");
        Assert.False(_stored.ContainsKey(key));
        _everStored.Add(entry);
        _stored.Add(key, new Stored(entry, _now + ticks) { ReadAt = _now });
    }

    private void CheckInvariants()
    {
        Assert.InRange(_cache.Count, 0, _capacity);
        Assert.Equal(_stored.Count, _cache.Count);
        Assert.All(_stored, pair => Assert.Same(IsStillThere(pair.Value) ? pair.Value.Entry : null, _cache.Peek(pair.Key)));
        var live = _stored.Where(pair => IsLive(pair.Key)).Select(pair => pair.Value.Entry.Value).Order();
        Assert.Equal(live, _everStored.Where(entry => entry.IsLive).Select(entry => entry.Value));
    }

    private void OnRemoved(LocalEntry entry, RemovalReason reason)
    {
        Assert.True(_stored.Remove(entry.Key, out var stored), "Told twice.");
        Assert.Same(stored.Entry, entry);
        Assert.False(entry.IsLive);
        var allowed = _current!.Kind switch
        {
            CacheOperationKind.Clear => RemovalReason.Cleared,
            _ when !IsLive(stored) => RemovalReason.Expired,
            CacheOperationKind.Remove => RemovalReason.Removed,
            CacheOperationKind.Set when entry.Key == $"key {_current.Key}" => RemovalReason.Replaced,
            CacheOperationKind.Set => RemovalReason.Capacity,
            _ => (RemovalReason)(-1),
        };
        Assert.Equal(allowed, reason);
        _capacityRemovals += reason == RemovalReason.Capacity ? 1 : 0;
    }

    private bool IsLive(string key) => _stored.TryGetValue(key, out var stored) && IsLive(stored);

    private bool IsLive(Stored stored) => !stored.IsInDoubt && IsStillThere(stored);

    private bool IsStillThere(Stored stored) => _now < stored.ExpiresAt && (!_idling || _now < stored.ReadAt + IdleTicks);

    private sealed record Stored(LocalEntry<int> Entry, int ExpiresAt)
    {
        public int ReadAt { get; set; }

        public bool IsInDoubt { get; set; }
    }
}
