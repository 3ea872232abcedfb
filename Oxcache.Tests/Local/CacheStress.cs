using System.Collections.Concurrent;
using Oxcaching.Configuration;
using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

/// <summary>Many threads on one cache, and what may never happen meanwhile.</summary>
/// <remarks>
/// Every key is a register whose version only grows: a writer raises it, changes the cache, and then acknowledges. Whoever reads
/// notes beforehand what was acknowledged, and must not get anything older. Time is moved by a thread of its own: a writer that is
/// done notes the latest time at which its entry can expire, a reader notes beforehand what time it is at least.
/// </remarks>
internal sealed class CacheStress : IDisposable
{
    private const int Keys = 400;
    private const int LongestTtl = 50;

    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lock[] _keyLocks = [.. Enumerable.Range(0, Keys).Select(_ => new Lock())];
    private readonly string[] _keys = [.. Enumerable.Range(0, Keys).Select(i => $"key {i}")];
    private readonly long[] _versions = new long[Keys];
    private readonly long[] _acknowledged = new long[Keys];
    private readonly TinyLfuCache _cache;
    private readonly int _capacity;
    private readonly bool _clears;
    private long _stored;
    private long _removed;
    private long _timeAtLeast;
    private long _timeAtMost;

    /// <param name="capacity">Below the number of keys, entries are evicted.</param>
    /// <param name="clears">Whether the cache is cleared now and then.</param>
    public CacheStress(int capacity, bool clears)
    {
        (_capacity, _clears) = (capacity, clears);
        var settings = new LocalSettings { MaxCapacity = capacity, InitialCapacity = 0, Ttl = TimeSpan.FromHours(1), Tti = null, Eviction = EvictionPolicy.TinyLfu };
        _cache = new TinyLfuCache(settings, _time, OnRemoved);
    }

    public int Failures => _failures.Count;

    public string Report => string.Join("; ", _failures.Take(5));

    public void Run(int seed, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() => Guarded(() => Work(new Random(seed + i), stop.Token)))).ToList();
        threads.Add(new Thread(() => Guarded(() => MoveTime(stop.Token))));
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        _cache.Dispose();
        Check(_stored == _removed, $"{_stored} stored, {_removed} told of");
    }

    public void Dispose() => _cache.Dispose();

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            _failures.Enqueue(e.ToString());
        }
    }

    private void MoveTime(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Volatile.Write(ref _timeAtMost, _timeAtMost + 1);
            _time.Advance(Ticker.Resolution);
            Volatile.Write(ref _timeAtLeast, _timeAtMost);
            Thread.Yield();
        }
    }

    private void Work(Random random, CancellationToken stop)
    {
        LocalEntry<StressValue>? held = null;
        var heldKey = 0;
        while (!stop.IsCancellationRequested)
        {
            var key = (int)(random.NextDouble() * random.NextDouble() * Keys);
            switch (random.Next(40))
            {
                case < 8:
                    Write(key, version => Store(key, version, random.Next(1, LongestTtl)));
                    break;
                case < 10:
                    Write(key, _ => _cache.Remove(_keys[key]));
                    break;
                case 10 when _clears && random.Next(500) == 0:
                    _cache.Clear();
                    break;
                case 11:
                    held = Read(key);
                    heldKey = key;
                    break;
                case < 15 when held is not null:
                    CheckAnswer(heldKey, held, entry => entry!.IsLive ? entry : null);
                    break;
                default:
                    Read(key);
                    break;
            }

            Check(_cache.Count is var count && count <= _capacity, $"{count} entries");
        }
    }

    private void Write(int key, Action<long> change)
    {
        // Of two concurrent changes of a key either may be the last.
        lock (_keyLocks[key])
        {
            change(++_versions[key]);
            Volatile.Write(ref _acknowledged[key], _versions[key]);
        }
    }

    private void Store(int key, long version, int ticks)
    {
        var value = new StressValue(version);
        Interlocked.Increment(ref _stored);
        _cache.Set(_keys[key], new LocalEntry<StressValue>(value), Ticker.Resolution * ticks);
        value.ExpiredFrom = Volatile.Read(ref _timeAtMost) + ticks;
    }

    private LocalEntry<StressValue>? Read(int key) =>
        CheckAnswer(key, null, _ => (LocalEntry<StressValue>?)_cache.Find(_keys[key]));

    private LocalEntry<StressValue>? CheckAnswer(int key, LocalEntry<StressValue>? held, Func<LocalEntry<StressValue>?, LocalEntry<StressValue>?> ask)
    {
        var acknowledged = Volatile.Read(ref _acknowledged[key]);
        var now = Volatile.Read(ref _timeAtLeast);
        var entry = ask(held);
        if (entry is not null)
        {
            Check(entry.Value.Version >= acknowledged, $"{_keys[key]}: version {entry.Value.Version} after {acknowledged} was acknowledged");
            Check(now < entry.Value.ExpiredFrom, $"{_keys[key]}: served at {now}, expired from {entry.Value.ExpiredFrom}");
        }

        return entry;
    }

    private void OnRemoved(LocalEntry entry, RemovalReason reason)
    {
        Interlocked.Increment(ref _removed);
        Check(Interlocked.Increment(ref ((LocalEntry<StressValue>)entry).Value.Removals) == 1, $"{entry.Key}: told of twice");
        Check(!entry.IsLive, $"{entry.Key}: lives after its removal ({reason})");
    }

    private void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            _failures.Enqueue(otherwise);
        }
    }
}
