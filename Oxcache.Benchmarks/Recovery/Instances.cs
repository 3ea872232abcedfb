namespace Oxcaching.Benchmarks.Recovery;

/// <summary>Two instances of one service.</summary>
internal sealed class Instances : IAsyncDisposable
{
    private const string Name = "shared";

    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("oxcache-recovery-");
    private readonly CacheManager _one;
    private readonly CacheManager _other;

    private Instances(string url)
    {
        var options = new OxcacheOptions { WalDir = _logs.FullName, KeyPrefix = "r" + Guid.NewGuid().ToString("N"), Services = { [Name] = Service(url) } };
        (_one, _other) = (new CacheManager(options), new CacheManager(options));
    }

    /// <summary>The default.</summary>
    public static TimeSpan CommandTimeout { get; } = TimeSpan.FromSeconds(1);

    public ICacheClient One => _one.GetClient(Name);

    public ICacheClient Other => _other.GetClient(Name);

    /// <summary>As a service is by default, but that what is in L1 stays there through an outage as long as the comparison takes.</summary>
    public static ServiceOptions Service(string url) => new()
    {
        CoherenceMaxAge = TimeSpan.FromHours(1),
        L2 = { ConnectionString = url, CommandTimeout = CommandTimeout },
    };

    public static async Task<Instances> StartAsync(string url)
    {
        var instances = new Instances(url);
        await UntilAsync(() => instances.AreIn(HealthState.Healthy));
        await instances.One.GetOrSetAsync("warm", _ => new ValueTask<int>(1));
        return instances;
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(1);
        }
    }

    /// <summary>One has a write that waits for each key; both know that Redis is away.</summary>
    public async Task WriteUntilDegradedAsync(int keys)
    {
        await Task.WhenAll(Enumerable.Range(0, keys).Select(key => One.SetAsync($"{key}", key).AsTask()));
        for (var key = 0; !AreIn(HealthState.Degraded); key++)
        {
            await One.GetAsync<int>($"one {key}");
            await Other.GetAsync<int>($"other {key}");
        }
    }

    /// <summary>Both are healthy, and the other one reads what the first has written.</summary>
    public async Task AgreeAsync(int keys)
    {
        await UntilAsync(() => AreIn(HealthState.Healthy));
        IReadOnlyDictionary<string, int> read;
        do
        {
            read = await Other.GetManyAsync<int>(Enumerable.Range(0, keys).Select(key => $"{key}"));
        }
        while (read.Count < keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        _logs.Delete(recursive: true);
    }

    private bool AreIn(HealthState state) => One.Health.State == state && Other.Health.State == state;
}
