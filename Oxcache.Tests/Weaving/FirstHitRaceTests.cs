using System.Globalization;
using Oxcaching.Tests.FrontDoor;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

/// <summary>The front is made by a method's first hit. Several threads may have that at once.</summary>
[Collection(StaticCache.Name)]
public sealed class FirstHitRaceTests : IAsyncLifetime
{
    private const int Threads = 4;
    private const int Rounds = 3000;

    /// <summary>One for each thread, and no two in the same place of a front: so none has to give way.</summary>
    private static readonly long[] Ids = [.. Enumerable.Range(0, 1000).Select(id => (long)id).DistinctBy(PlaceOf).Take(Threads)];

    public Task InitializeAsync()
    {
        Oxcache.Init(Caches.Local(service => service.L1.MaxCapacity = 2 * Rounds * Threads));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    /// <summary>A front that one thread put in the place of another's would lack what the other kept.</summary>
    [Fact]
    public async Task Of_the_fronts_that_threads_make_at_once_one_stays_in_use_and_has_what_each_of_them_kept()
    {
        var sites = await LoadAsync();
        var wrong = RaceFor(sites);

        Assert.All(wrong, count => Assert.Equal(0, count));
        foreach (var (site, round) in sites.Select((site, round) => (site, round)))
        {
            foreach (var id in Ids)
            {
                Assert.Equal(ValueOf(round, id), InFront(site, id));
            }
        }
    }

    /// <summary>One that L1 knows nothing of would keep what was deleted for ever.</summary>
    [Fact]
    public async Task The_front_that_stays_in_use_lets_go_of_what_is_deleted()
    {
        var sites = await LoadAsync();
        RaceFor(sites);
        var values = Values(sites);
        await Oxcache.GetClient("things").ClearAsync();

        Assert.All(sites, site => Assert.All(Ids, id => Assert.Null(InFront(site, id))));
        await Eventually.Is(() =>
        {
            GC.Collect();
            return values.TrueForAll(value => !value.IsAlive);
        });
        GC.KeepAlive(sites);
    }

    private static List<WeakReference> Values(List<FrontedMethod<string, FrontArguments<long>>> sites) =>
        [.. from site in sites from id in Ids select new WeakReference(InFront(site, id))];

    /// <summary>A method per round, each with all of its values in L1, and not hit yet.</summary>
    private static async Task<List<FrontedMethod<string, FrontArguments<long>>>> LoadAsync()
    {
        var sites = new List<FrontedMethod<string, FrontArguments<long>>>();
        for (var round = 0; round < Rounds; round++)
        {
            var site = new FrontedMethod<string, FrontArguments<long>>("things", "Tests.Get", 0, CacheType.Inherit, cacheNull: true);
            foreach (var id in Ids)
            {
                var key = new CacheKeyBuilder(ValueOf(round, id));
                await site.InvokeAsTask(ref key, new TextCall(ValueOf(round, id)), default);
            }

            sites.Add(site);
        }

        return sites;
    }

    /// <summary>Has all threads make the first hit of one method after the other, each with a call of its own.</summary>
    /// <returns>How many times each got no value, or another one than its own.</returns>
    private static int[] RaceFor(List<FrontedMethod<string, FrontArguments<long>>> sites)
    {
        var wrong = new int[Threads];
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                var arguments = new FrontArguments<long>(Ids[number]);
                var key = new CacheKeyBuilder(ValueOf(round, Ids[number]));
                start.SignalAndWait();
                if (!sites[round].TryGetTask(ref key, ref arguments, out var hit) || hit.Result != ValueOf(round, Ids[number]))
                {
                    wrong[number]++;
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return wrong;
    }

    private static string? InFront(FrontedMethod<string, FrontArguments<long>> site, long id)
    {
        var arguments = new FrontArguments<long>(id);
        return site.TryGetTask(ref arguments, out var hit) ? hit.Result : null;
    }

    /// <summary>A new front has 16 slots, and a call may be in either of two that are neighbours.</summary>
    private static uint PlaceOf(long id) => (new FrontArguments<long>(id).Hash() & 15) >> 1;

    private static string ValueOf(int round, long id) => string.Create(CultureInfo.InvariantCulture, $"value {id} of {round}");

    private readonly struct TextCall(string text) : ICachedCall<string>
    {
        public ValueTask<string> InvokeAsync(CancellationToken cancellationToken) => new(text);
    }
}
