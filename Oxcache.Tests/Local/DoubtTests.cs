using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

/// <summary>Entries in doubt, and entries whose age is capped, in either engine.</summary>
public sealed class DoubtTests
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();

    public static TheoryData<EvictionPolicy> Engines() => [.. Enum.GetValues<EvictionPolicy>()];

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_entry_in_doubt_is_no_hit_and_can_be_looked_at(EvictionPolicy engine)
    {
        using var cache = New(engine);
        var entry = Set(cache, "k");
        cache.Doubt();

        Assert.Null(cache.Find("k"));
        Assert.Same(entry, cache.Peek("k"));
        Assert.Equal(1, cache.Count);
        Assert.False(entry.IsLive);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_stored_after_a_doubt_is_a_hit(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Doubt();
        var later = Set(cache, "k");

        Assert.Same(later, cache.Find("k"));
        Assert.Same(later, cache.Peek("k"));
        Assert.Equal(1, cache.Count);
        cache.Doubt();
        Assert.Null(cache.Find("k"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_entry_in_doubt_expires_all_the_same(EvictionPolicy engine)
    {
        using var cache = New(engine, tti: TimeSpan.FromSeconds(30));
        Set(cache, "k", TimeSpan.FromSeconds(10));
        Set(cache, "idle");
        cache.Doubt();
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(cache.Peek("k"));
        Assert.NotNull(cache.Peek("idle"));

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(cache.Peek("idle"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Removing_an_entry_in_doubt_removes_it_and_tells_that_nothing_live_was_there(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Doubt();

        Assert.False(cache.Remove("k"));
        Assert.Null(cache.Peek("k"));
        Assert.Equal(0, cache.Count);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Clearing_ends_doubts_and_caps(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Doubt();
        cache.Clear();
        Assert.Null(cache.Peek("k"));

        Set(cache, "k");
        cache.Cap(Least, Most);
        cache.Clear();
        var later = Set(cache, "k");
        _time.Advance(Most * 2);
        Assert.Same(later, cache.Find("k"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Entries_in_doubt_make_room_like_others(EvictionPolicy engine)
    {
        using var cache = New(engine, capacity: 10);
        for (var i = 0; i < 10; i++)
        {
            Set(cache, $"old {i}");
        }

        cache.Doubt();
        for (var i = 0; i < 30; i++)
        {
            Set(cache, $"new {i}");
            _time.Advance(TimeSpan.FromMilliseconds(20));
            Assert.InRange(cache.Count, 1, 10);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Capped_entries_lapse_one_after_the_other_between_the_two_times(EvictionPolicy engine)
    {
        const int Entries = 4000;
        using var cache = New(engine, capacity: Entries);
        for (var i = 0; i < Entries; i++)
        {
            Set(cache, $"key {i}");
        }

        cache.Cap(Least, Most);
        _time.Advance(Least - TimeSpan.FromMilliseconds(50));
        Assert.Equal(Entries, Found());
        for (var fifth = 1; fifth <= 4; fifth++)
        {
            _time.Advance((Most - Least) / 5);
            Assert.InRange(Found(), (Entries * (5 - fifth) / 5) - (Entries / 10), (Entries * (5 - fifth) / 5) + (Entries / 10));
        }

        _time.Advance(((Most - Least) / 5) + TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, Found());

        int Found() => Enumerable.Range(0, Entries).Count(i => cache.Find($"key {i}") is not null);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_stored_under_a_cap_is_not_capped(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Cap(Least, Most);
        var later = Set(cache, "k");
        _time.Advance(Most * 2);

        Assert.Same(later, cache.Find("k"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_cap_prolongs_no_life(EvictionPolicy engine)
    {
        using var cache = New(engine, tti: TimeSpan.FromSeconds(8));
        Set(cache, "short", TimeSpan.FromSeconds(5));
        Set(cache, "idle");
        cache.Cap(Least, Most);
        _time.Advance(TimeSpan.FromSeconds(5.1));
        Assert.Null(cache.Find("short"));

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(cache.Find("idle"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Reads_do_not_keep_an_entry_beyond_its_cap(EvictionPolicy engine)
    {
        using var cache = New(engine, tti: TimeSpan.FromSeconds(8));
        Set(cache, "k");
        cache.Cap(Least, Most);
        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(cache.Find("k"));
            _time.Advance(Least / 5.1);
        }

        for (var i = 0; i < 6; i++)
        {
            cache.Find("k");
            _time.Advance((Most - Least) / 5);
        }

        Assert.Null(cache.Find("k"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_doubt_ends_a_cap(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Cap(Least, Most);
        cache.Doubt();
        Assert.Null(cache.Find("k"));

        var later = Set(cache, "k");
        _time.Advance(Most * 2);
        Assert.Same(later, cache.Find("k"));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_cap_of_nothing_ends_every_entry_at_once(EvictionPolicy engine)
    {
        using var cache = New(engine);
        Set(cache, "k");
        cache.Cap(TimeSpan.Zero, TimeSpan.Zero);
        _time.Advance(Ticker.Resolution);

        Assert.Null(cache.Find("k"));
    }

    [Fact]
    public void Entries_that_lapsed_under_a_cap_are_swept()
    {
        using var cache = New(EvictionPolicy.TinyLfu);
        Set(cache, "k");
        cache.Cap(Least, Most);
        _time.Advance(Most);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Ticker.SweepInterval);
        }

        Assert.Equal(0, cache.Count);
    }

    private static LocalEntry<int> Set(ILocalCache cache, string key, TimeSpan? ttl = null)
    {
        var entry = new LocalEntry<int>(1);
        cache.Set(key, entry, ttl ?? Hour);
        return entry;
    }

    private ILocalCache New(EvictionPolicy engine, int capacity = 100, TimeSpan? tti = null)
    {
        var settings = new LocalSettings { MaxCapacity = capacity, InitialCapacity = 0, Ttl = Hour, Tti = tti, Eviction = engine };
        return engine == EvictionPolicy.Lru ? new LruCache(settings, _time) : new TinyLfuCache(settings, _time);
    }
}
