using System.Collections.Concurrent;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Weaving;

namespace Oxcaching.Benchmarks.Woven;

/// <summary><c>woven</c>: calls of woven methods beside what one would write by hand, in one process and in interleaved rounds, in less than a minute.</summary>
internal static class WovenComparison
{
    private const int Ids = 10_000;
    private const int SmallCapacity = 1000;
    private const int Rounds = 30;

    public static void Run()
    {
        Init();
        Console.WriteLine("10,000 ids, uniform or Zipf 0.99; medians, and ratios as medians of the rounds' ratios. Times in ns.");
        Console.WriteLine();
        var workload = new Workload(Ids);
        var uniform = Uniform();
        var (hits, zipf) = HitsOf(uniform, workload.Zipf);
        var strings = Measure(uniform, "hit by a string, uniform", StringHits(workload));
        var misses = Measure(uniform, "miss, cache full", Misses());
        var bytes = WovenCost.BytesPerEntry();

        Report.Ratio("woven_hit_vs_dictionary", hits, "woven", "dictionary");
        Report.Ratio("woven_hit_zipf_vs_dictionary", zipf, "woven", "dictionary");
        Report.Ratio("woven_hit_cold_front_vs_dictionary", hits, "woven, no front", "dictionary");
        Report.Ratio("woven_hit_vs_memorycache", hits, "woven", "MemoryCache");
        Report.Ratio("woven_hit_vs_unwoven_method", hits, "woven", "the method itself");
        Report.Ratio("woven_valuetask_hit_vs_dictionary", hits, "woven ValueTask", "dictionary");
        Report.Ratio("woven_defaultkey_hit_vs_dictionary", hits, "woven, default key", "dictionary");
        Report.Ratio("woven_stringarg_hit_vs_dictionary", strings, "woven", "dictionary");
        Report.Ratio("woven_miss_vs_memorycache", misses, "woven", "MemoryCache, evicting");
        Report.Value("memorycache_stored_percent", WovenCost.PercentStoredByMemoryCache(evicting: true));
        Report.Ratio("woven_miss_vs_memorycache_refusing", misses, "woven", "MemoryCache, refusing");
        Report.Value("memorycache_refusing_stored_percent", WovenCost.PercentStoredByMemoryCache(evicting: false));
        WovenCost.Print("woven_hit", new WovenCall());
        WovenCost.Print("woven_valuetask_hit", new WovenValueTaskCall());
        WovenCost.Print("woven_defaultkey_hit", new WovenDefaultKeyCall());
        Report.Value("woven_bytes_per_entry", bytes);
    }

    private static void Init() => Oxcache.Init(new OxcacheOptions
    {
        EnableMetrics = true,
        Services =
        {
            ["users"] = new ServiceOptions { CacheType = CacheType.L1, Ttl = Comparison.Caches.Ttl, L1 = { MaxCapacity = Ids * 8 } },
            ["small"] = new ServiceOptions { CacheType = CacheType.L1, Ttl = Comparison.Caches.Ttl, L1 = { MaxCapacity = SmallCapacity } },
        },
    });

    /// <summary>In the same rounds, so that both find the memory in the same state.</summary>
    private static (Contestant[] Uniform, Contestant[] Zipf) HitsOf(int[] uniform, int[] zipf)
    {
        var site = OrdinarySite();
        var dictionary = new ConcurrentDictionary<string, Task<User>>();
        var memory = Comparison.Caches.Memory();
        var (uniformly, byZipf) = (Contestants(), Contestants());
        Prepare(uniformly, uniform);
        for (var round = 0; round < Rounds; round++)
        {
            Time(uniformly, uniform);
            Time(byZipf, zipf);
        }

        Report.Table("hit, uniform", uniformly);
        Report.Table("hit, Zipf", byZipf);
        return (uniformly, byZipf);

        Contestant[] Contestants() =>
        [
            Contestant.Of("woven", new WovenCall()),
            Contestant.Of("woven ValueTask", new WovenValueTaskCall()),
            Contestant.Of("woven, default key", new WovenDefaultKeyCall()),
            Contestant.Of("woven, no front", new OrdinaryPathCall(site)),
            Contestant.Of("dictionary", new DictionaryCall(dictionary)),
            Contestant.Of("MemoryCache", new MemoryCacheCall(memory)),
            Contestant.Of("the method itself", new UncachedCall()),
        ];
    }

    private static Contestant[] StringHits(Workload workload) =>
    [
        Contestant.Of("woven", new WovenStringCall(workload.Lookups)),
        Contestant.Of("dictionary", new DictionaryStringCall(new ConcurrentDictionary<string, Task<User>>(), workload.Lookups)),
    ];

    private static Contestant[] Misses() =>
    [
        Contestant.Of("woven", new WovenMiss(new Counter())),
        Contestant.Of("MemoryCache, refusing", new MemoryCacheRefusingMiss(Comparison.Caches.Memory(SmallCapacity), new Counter())),
        Contestant.Of("MemoryCache, evicting", new MemoryCacheEvictingMiss(Comparison.Caches.Memory(SmallCapacity), SmallCapacity, new Counter())),
    ];

    /// <summary>Bound to the service by one call, as a woven site is by its first.</summary>
    private static CachedMethod<User> OrdinarySite()
    {
        var site = new CachedMethod<User>("users", "Users.GetUserAsync", 0, CacheType.Inherit, cacheNull: true);
        var key = new CacheKeyBuilder("user_bind");
        site.InvokeAsTask(ref key, default(BindCall), default).Wait();
        return site;
    }

    private static int[] Uniform()
    {
        var random = new Random(7);
        var requests = new int[Workload.RequestCount];
        for (var i = 0; i < requests.Length; i++)
        {
            // Each id early on, so that what follows are hits.
            requests[i] = i < Ids ? i : random.Next(Ids);
        }

        return requests;
    }

    private static Contestant[] Measure(int[] requests, string title, Contestant[] contestants)
    {
        Prepare(contestants, requests);
        for (var round = 0; round < Rounds; round++)
        {
            Time(contestants, requests);
        }

        Report.Table(title, contestants);
        return contestants;
    }

    /// <summary>Fills the caches, and lets the JIT and the garbage collector settle.</summary>
    private static void Prepare(Contestant[] contestants, int[] requests)
    {
        foreach (var contestant in contestants)
        {
            contestant.Run(requests);
        }

        Warmup.Run(contestants, requests);
        GC.Collect();
    }

    /// <summary>The second time through: in the first one each gets back the processor's caches, which the others have had meanwhile.</summary>
    private static void Time(Contestant[] contestants, int[] requests)
    {
        foreach (var contestant in contestants)
        {
            contestant.Run(requests);
            contestant.Rounds.Add(contestant.TimeOf(requests));
        }
    }

    private readonly struct BindCall : ICachedCall<User>
    {
        public ValueTask<User> InvokeAsync(CancellationToken cancellationToken) => new(new User(0));
    }
}
