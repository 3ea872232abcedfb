using Oxcaching.Configuration;
using Oxcaching.Local;

namespace Oxcaching.Tests.Local;

/// <summary>Many threads, for as long as OXCACHE_TEST_STRESS_SECONDS says.</summary>
public sealed class TinyLfuStressTests
{
    private readonly int _seed = Environment.TickCount;

    [Theory]
    [InlineData(50, false)]
    [InlineData(300, true)]
    public void Nothing_stale_is_served_the_capacity_holds_and_each_removal_is_told_once(int capacity, bool clears)
    {
        using var stress = new CacheStress(capacity, clears);
        stress.Run(_seed, StressSettings.Duration);
        Assert.True(stress.Failures == 0, $"seed {_seed}: {stress.Failures} failures: {stress.Report}");
    }

    /// <summary>Others come, go, are replaced, and make the table grow from its smallest size, round after round.</summary>
    [Fact]
    public void What_stays_below_the_capacity_is_never_missed()
    {
        var deadline = DateTime.UtcNow + StressSettings.Duration;
        for (var round = 0; round == 0 || DateTime.UtcNow < deadline; round++)
        {
            var missed = MissesOfResidents(_seed + round);
            Assert.True(missed.Length == 0, $"seed {_seed + round}: missed {missed}");
        }
    }

    private static string MissesOfResidents(int seed)
    {
        const int Residents = 100;
        const int Others = 2000;
        using var cache = new TinyLfuCache(
            new LocalSettings { MaxCapacity = Residents + Others, InitialCapacity = 0, Ttl = TimeSpan.FromHours(1), Tti = null, Eviction = EvictionPolicy.TinyLfu },
            TimeProvider.System);
        for (var i = 0; i < Residents; i++)
        {
            cache.Set($"resident {i}", new LocalEntry<int>(0), TimeSpan.FromHours(1));
        }

        var missed = "";
        using var done = new CountdownEvent(2);
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() => (i < 2 ? (Action<Random>)Write : Read)(new Random(seed + i)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return missed;

        void Write(Random random)
        {
            for (var i = 0; i < 10_000; i++)
            {
                var other = $"other {random.Next(Others)}";
                switch (random.Next(4))
                {
                    case 0:
                        cache.Remove(other);
                        break;
                    case 1:
                        cache.Set($"resident {random.Next(Residents)}", new LocalEntry<int>(0), TimeSpan.FromHours(1));
                        break;
                    default:
                        cache.Set(other, new LocalEntry<int>(0), TimeSpan.FromHours(1));
                        break;
                }
            }

            done.Signal();
        }

        void Read(Random random)
        {
            while (!done.IsSet)
            {
                var key = $"resident {random.Next(Residents)}";
                if (cache.Find(key) is null)
                {
                    missed = key;
                }
            }
        }
    }
}
