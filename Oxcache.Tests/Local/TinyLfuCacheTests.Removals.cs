using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

/// <summary>What holders and listeners learn of entries that are over.</summary>
public sealed partial class TinyLfuCacheTests
{
    [Fact]
    public void Whoever_holds_an_entry_sees_when_it_is_over()
    {
        using var cache = New(capacity: 1);
        var removed = Store(cache, "k", Long);
        Assert.True(removed.IsLive);
        cache.Remove("k");
        Assert.False(removed.IsLive);

        var replaced = Store(cache, "k", Long);
        var evicted = Store(cache, "k", Long);
        Assert.False(replaced.IsLive);
        Assert.True(evicted.IsLive);

        var expired = Store(cache, "l", TimeSpan.FromSeconds(1));
        Assert.False(evicted.IsLive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(expired.IsLive);

        var cleared = Store(cache, "m", Long);
        cache.Clear();
        Assert.False(cleared.IsLive);

        var disposed = Store(cache, "n", Long);
        cache.Dispose();
        Assert.False(disposed.IsLive);
    }

    [Fact]
    public void A_holders_hits_keep_an_entry_from_idling()
    {
        using var cache = New(tti: TimeSpan.FromSeconds(3));
        var held = Store(cache, "k", Long);

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(2));
            Assert.True(held.TryHit());
        }

        Assert.Same(held, cache.Find("k"));
    }

    [Fact]
    public void An_entry_is_stored_once()
    {
        using var cache = New();
        var entry = Store(cache, "k", Long);
        Assert.Throws<InvalidOperationException>(() => cache.Set("l", entry, Long));
    }

    [Fact]
    public void An_entry_that_was_never_stored_does_not_live() => Assert.False(new LocalEntry<int>(1).IsLive);

    [Fact]
    public void Each_removal_is_told_once_with_its_reason()
    {
        var cache = New(capacity: 2);
        Store(cache, "replaced", Long);
        Store(cache, "replaced", TimeSpan.FromSeconds(0.1));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Store(cache, "replaced", Long);
        cache.Remove("replaced");
        Store(cache, "evicted or not", Long);
        Store(cache, "evicted or not 2", Long);
        Store(cache, "evicted or not 3", Long);
        cache.Clear();
        Store(cache, "disposed", Long);
        cache.Dispose();
        cache.Dispose();

        Assert.Equal(
            [RemovalReason.Replaced, RemovalReason.Expired, RemovalReason.Removed, RemovalReason.Capacity, RemovalReason.Cleared, RemovalReason.Cleared, RemovalReason.Cleared],
            _removals.Select(removal => removal.Reason));
    }

    [Fact]
    public void A_removal_is_told_outside_the_lock()
    {
        TinyLfuCache? cache = null;
        using var other = new TinyLfuCache(Settings(1, null, 0), _time, (_, _) => Task.Run(() => cache!.Remove("x")).Wait());
        cache = other;
        Store(cache, "a", Long);
        Store(cache, "b", Long);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void An_idle_cache_frees_what_has_expired()
    {
        using var cache = New(capacity: 20_000);
        for (var i = 0; i < 20_000; i++)
        {
            Store(cache, $"k{i}", TimeSpan.FromSeconds(i % 2 == 0 ? 5 : 5000));
        }

        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10_000, cache.Count);
        Assert.Equal(10_000, _removals.Count(removal => removal.Reason == RemovalReason.Expired));
    }
}
