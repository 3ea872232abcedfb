using Oxcaching.Configuration;
using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

/// <summary>What threads see of one key can be put into one order, with evictions in between.</summary>
public sealed class LinearizabilityTests
{
    private const int Threads = 4;
    private const int OperationsPerThread = 12;

    [Fact]
    public void Recorded_histories_of_a_key_are_linearizable()
    {
        var seed = Environment.TickCount;
        var deadline = DateTime.UtcNow + StressSettings.Duration;
        for (var round = 0; round == 0 || DateTime.UtcNow < deadline; round++)
        {
            var history = Record(seed + round);
            Assert.True(
                new RegisterHistory(history).IsLinearizable(),
                $"seed {seed + round}:\n{string.Join('\n', history.OrderBy(operation => operation.Begin))}");
        }
    }

    [Fact]
    public void A_stale_answer_would_be_found() => Assert.False(new RegisterHistory(
    [
        new(CacheOperationKind.Set, 1, false, 1, 2),
        new(CacheOperationKind.Remove, 0, true, 3, 4),
        new(CacheOperationKind.Find, 1, false, 5, 6),
    ]).IsLinearizable());

    [Fact]
    public void An_answer_from_before_another_readers_newer_one_would_be_found() => Assert.False(new RegisterHistory(
    [
        new(CacheOperationKind.Set, 1, false, 1, 2),
        new(CacheOperationKind.Set, 2, false, 3, 8),
        new(CacheOperationKind.Find, 2, false, 4, 5),
        new(CacheOperationKind.Find, 1, false, 6, 7),
    ]).IsLinearizable());

    /// <summary>A small cache that other keys crowd: the key is evicted now and then, and the table grows at first.</summary>
    private static List<RegisterOperation> Record(int seed)
    {
        using var cache = new TinyLfuCache(
            new LocalSettings { MaxCapacity = 60, InitialCapacity = 0, Ttl = TimeSpan.FromHours(1), Tti = null, Eviction = EvictionPolicy.TinyLfu },
            TimeProvider.System);
        using var barrier = new Barrier(Threads);
        var clock = 0L;
        var histories = Enumerable.Range(0, Threads).Select(_ => new List<RegisterOperation>()).ToList();
        var threads = histories.Select((history, i) => new Thread(() => Work(new Random(seed * Threads + i), i, history))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return histories.SelectMany(history => history).ToList();

        void Work(Random random, int thread, List<RegisterOperation> history)
        {
            LocalEntry<int>? held = null;
            barrier.SignalAndWait();
            for (var i = 0; i < OperationsPerThread; i++)
            {
                for (var others = random.Next(8); others > 0; others--)
                {
                    cache.Set($"other {random.Next(200)}", new LocalEntry<int>(0), TimeSpan.FromHours(1));
                }

                var begin = Interlocked.Increment(ref clock);
                var kind = random.Next(6) switch { < 2 => CacheOperationKind.Set, 2 => CacheOperationKind.Remove, _ => CacheOperationKind.Find };
                var (value, removed) = Do(kind, thread * OperationsPerThread + i + 1, ref held);
                if (value >= 0)
                {
                    history.Add(new RegisterOperation(kind, value, removed, begin, Interlocked.Increment(ref clock)));
                }
            }
        }

        (int Value, bool Removed) Do(CacheOperationKind kind, int value, ref LocalEntry<int>? held)
        {
            switch (kind)
            {
                case CacheOperationKind.Set:
                    cache.Set("key", new LocalEntry<int>(value), TimeSpan.FromHours(1));
                    return (value, false);
                case CacheOperationKind.Remove:
                    return (0, cache.Remove("key"));
                case CacheOperationKind.Find when held is { IsLive: true }:
                    // Whoever holds an entry counts as a reader.
                    return (held.Value, false);
                default:
                    held = (LocalEntry<int>?)cache.Find("key");
                    return (held?.Value ?? 0, false);
            }
        }
    }
}
