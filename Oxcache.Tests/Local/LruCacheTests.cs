using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

public sealed class LruCacheTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void An_entry_is_found_by_a_span_of_its_key()
    {
        using var cache = New();
        var entry = new LocalEntry<int>(1);
        cache.Set("user_42", entry, TimeSpan.FromMinutes(1));

        Assert.Same(entry, cache.Find("a user_42 b".AsSpan(2, 7)));
    }

    [Fact]
    public void An_entry_is_gone_when_its_ttl_is_over()
    {
        using var cache = New();
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.NotNull(cache.Find("k"));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null(cache.Find("k"));
    }

    [Fact]
    public void An_entry_that_nobody_reads_is_gone_when_its_tti_is_over()
    {
        using var cache = New(tti: TimeSpan.FromSeconds(3));
        cache.Set("read", new LocalEntry<int>(1), TimeSpan.FromSeconds(60));
        cache.Set("idle", new LocalEntry<int>(1), TimeSpan.FromSeconds(60));

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
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromSeconds(5));

        for (var i = 0; i < 2; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.NotNull(cache.Find("k"));
        }

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(cache.Find("k"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void A_newcomer_is_never_turned_away_and_the_capacity_holds(int capacity)
    {
        using var cache = New(capacity);
        for (var i = 0; i < capacity * 5; i++)
        {
            var key = $"k{i}";
            cache.Set(key, new LocalEntry<int>(i), TimeSpan.FromMinutes(1));
            Assert.True(cache.Find(key) is LocalEntry<int>, $"{key} was turned away");
            Assert.InRange(cache.Count, 1, capacity);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public void The_least_recently_used_entry_goes_first()
    {
        using var cache = New(capacity: 3);
        foreach (var key in new[] { "a", "b", "c" })
        {
            cache.Set(key, new LocalEntry<int>(1), TimeSpan.FromMinutes(1));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        cache.Find("a");
        _time.Advance(TimeSpan.FromSeconds(1));
        cache.Set("d", new LocalEntry<int>(1), TimeSpan.FromMinutes(1));

        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("a"));
    }

    [Fact]
    public void Removing_tells_whether_something_live_was_there()
    {
        using var cache = New();
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromSeconds(1));
        cache.Set("expired", new LocalEntry<int>(1), TimeSpan.FromSeconds(1));

        Assert.True(cache.Remove("k"));
        Assert.False(cache.Remove("k"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(cache.Remove("expired"));
    }

    [Fact]
    public void A_disposed_cache_misses_and_stores_nothing()
    {
        var cache = New();
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromSeconds(1));
        cache.Dispose();
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromSeconds(1));

        Assert.Null(cache.Find("k"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        using var cache = New();
        cache.Set("k", new LocalEntry<int>(1), TimeSpan.FromMinutes(1));

        Assert.Equal(0, Allocations.PerCall(() => cache.Find("k")));
    }

    private LruCache New(int capacity = 100, TimeSpan? tti = null) =>
        new(
            new LocalSettings { MaxCapacity = capacity, InitialCapacity = 0, Ttl = TimeSpan.FromHours(1), Tti = tti, Eviction = EvictionPolicy.Lru },
            _time);
}
