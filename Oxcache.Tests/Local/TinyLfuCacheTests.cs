using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

public sealed partial class TinyLfuCacheTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();
    private readonly List<(string Key, RemovalReason Reason)> _removals = [];

    [Fact]
    public void An_entry_is_found_by_a_span_of_its_key()
    {
        using var cache = New();
        var entry = Store(cache, "user_42", Long);

        Assert.Same(entry, cache.Find("a user_42 b".AsSpan(2, 7)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(1000)]
    public void Keys_of_any_length_are_told_apart(int length)
    {
        using var cache = New(capacity: 2000);
        var keys = Enumerable.Range(0, length + 1).Select(i => new string('a', i) + (i < length ? "b" + new string('a', length - i - 1) : "")).ToList();
        var entries = keys.ConvertAll(key => Store(cache, key, Long));

        Assert.Equal(entries, keys.Select(key => cache.Find(key)));
    }

    [Fact]
    public void An_entry_is_gone_when_its_ttl_is_over()
    {
        using var cache = New();
        Store(cache, "k", TimeSpan.FromSeconds(10));
        Store(cache, "other", TimeSpan.FromSeconds(20));

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.NotNull(cache.Find("k"));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(cache.Find("k"));
        Assert.NotNull(cache.Find("other"));
    }

    [Fact]
    public void An_entry_that_nobody_reads_is_gone_when_its_tti_is_over()
    {
        using var cache = New(tti: TimeSpan.FromSeconds(3));
        Store(cache, "read", Long);
        Store(cache, "idle", Long);

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.NotNull(cache.Find("read"));
        }

        Assert.Null(cache.Find("idle"));
    }

    [Fact]
    public void Reads_do_not_keep_an_entry_beyond_its_ttl()
    {
        using var cache = New(tti: TimeSpan.FromSeconds(3));
        Store(cache, "k", TimeSpan.FromSeconds(5));

        for (var i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.NotNull(cache.Find("k"));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cache.Find("k"));
    }

    [Fact]
    public void A_ttl_may_be_longer_than_time_itself()
    {
        using var cache = New();
        Store(cache, "k", TimeSpan.MaxValue);

        _time.Advance(TimeSpan.FromDays(36500));
        Assert.NotNull(cache.Find("k"));
    }

    [Fact]
    public void An_entry_without_a_life_is_not_stored_and_what_was_there_is_gone()
    {
        using var cache = New();
        Store(cache, "k", Long);
        cache.Set("k", new LocalEntry<int>(2), TimeSpan.Zero);

        Assert.Null(cache.Find("k"));
        Assert.Equal(0, cache.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(48)]
    [InlineData(1000)]
    public void A_newcomer_is_never_turned_away_and_the_capacity_holds(int capacity)
    {
        using var cache = New(capacity);
        for (var i = 0; i < capacity * 5; i++)
        {
            var entry = Store(cache, $"k{i}", Long);
            Assert.Same(entry, cache.Find($"k{i}"));
            Assert.Equal(Math.Min(i + 1, capacity), cache.Count);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void Nothing_is_evicted_below_the_capacity(int initialCapacity)
    {
        using var cache = New(capacity: 5000, initialCapacity: initialCapacity);
        var entries = Enumerable.Range(0, 5000).Select(i => (Key: $"k{i}", Entry: Store(cache, $"k{i}", Long))).ToList();

        Assert.All(entries, e => Assert.Same(e.Entry, cache.Find(e.Key)));
        Assert.Empty(_removals);
    }

    [Fact]
    public void What_is_read_often_outlives_a_scan()
    {
        using var cache = New(capacity: 100);
        for (var i = 0; i < 50; i++)
        {
            Store(cache, $"hot{i}", Long);
        }

        for (var i = 0; i < 10_000; i++)
        {
            cache.Find($"hot{i % 50}");
            Store(cache, $"scanned{i}", Long);
        }

        Assert.All(Enumerable.Range(0, 50), i => Assert.NotNull(cache.Find($"hot{i}")));
    }

    [Fact]
    public void What_has_expired_makes_room_before_what_has_not()
    {
        using var cache = New(capacity: 1000);
        for (var i = 0; i < 1000; i++)
        {
            Store(cache, $"k{i}", i < 500 ? TimeSpan.FromMilliseconds(500) : Long);
        }

        _time.Advance(TimeSpan.FromMilliseconds(500));
        for (var i = 0; i < 400; i++)
        {
            Store(cache, $"new{i}", Long);
        }

        Assert.All(_removals, removal => Assert.Equal(RemovalReason.Expired, removal.Reason));
    }

    [Fact]
    public void Removing_tells_whether_something_live_was_there()
    {
        using var cache = New();
        Store(cache, "k", TimeSpan.FromSeconds(1));
        Store(cache, "expired", TimeSpan.FromSeconds(0.5));

        Assert.True(cache.Remove("k"));
        Assert.False(cache.Remove("k"));
        _time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.False(cache.Remove("expired"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_cleared_cache_is_empty_and_can_be_used()
    {
        using var cache = New(capacity: 500);
        for (var i = 0; i < 500; i++)
        {
            Store(cache, $"k{i}", Long);
        }

        cache.Clear();
        Assert.Equal(0, cache.Count);
        Assert.Null(cache.Find("k7"));
        Assert.Same(Store(cache, "k7", Long), cache.Find("k7"));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void A_disposed_cache_misses_and_stores_nothing_and_leaves_no_timer()
    {
        var cache = New();
        Store(cache, "k", Long);
        Assert.Equal(1, _time.Timers);
        cache.Dispose();
        Store(cache, "k", Long);

        Assert.Null(cache.Find("k"));
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public async Task The_clock_of_the_system_goes_on_by_itself()
    {
        using var cache = new TinyLfuCache(Settings(10, null, 0), TimeProvider.System);
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromMilliseconds(50));
        cache.Set("l", new LocalEntry<int>(1), Long);

        await Eventually.Is(() => cache.Find("k") is null);
        Assert.NotNull(cache.Find("l"));
        await Eventually.Is(() => cache.Count == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hit_allocates_nothing(bool idling)
    {
        using var cache = New(tti: idling ? Long : null);
        var entry = Store(cache, "a key of some length", Long);

        Assert.Equal(0, Allocations.PerCall(() => cache.Find("a key of some length")));
        Assert.Equal(0, Allocations.PerCall(() => entry.TryHit()));
    }

    [Fact]
    public void A_miss_allocates_nothing()
    {
        using var cache = New();
        Assert.Equal(0, Allocations.PerCall(() => cache.Find("absent")));
    }

    private static LocalSettings Settings(int capacity, TimeSpan? tti, int initialCapacity) =>
        new() { MaxCapacity = capacity, InitialCapacity = initialCapacity, Ttl = Long, Tti = tti, Eviction = EvictionPolicy.TinyLfu };

    private static LocalEntry<int> Store(TinyLfuCache cache, string key, TimeSpan ttl)
    {
        var entry = new LocalEntry<int>(1);
        cache.Set(key, entry, ttl);
        return entry;
    }

    private TinyLfuCache New(int capacity = 100, TimeSpan? tti = null, int initialCapacity = 0) =>
        new(Settings(capacity, tti, initialCapacity), _time, (entry, reason) => _removals.Add((entry.Key, reason)));
}
