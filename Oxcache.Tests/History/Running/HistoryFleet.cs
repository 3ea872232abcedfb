using System.Text.Json;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.History.Running;

/// <summary>All instances, each behind its own proxy.</summary>
internal sealed class HistoryFleet : IAsyncDisposable
{
    private static readonly TimeSpan WrongBy = TimeSpan.FromSeconds(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-history");
    private readonly List<TcpProxy> _proxies = [];
    private readonly List<ICacheInstance> _instances = [];

    private HistoryFleet()
    {
    }

    /// <summary>By their numbers: first those called by hand, then the woven ones.</summary>
    public IReadOnlyList<ICacheInstance> Instances => _instances;

    public IReadOnlyList<TcpProxy> Proxies => _proxies;

    public LogCollector Logs { get; } = new();

    /// <summary>Of the woven applications.</summary>
    public List<WeakReference> Contexts { get; } = [];

    public static async Task<HistoryFleet> StartAsync(HistoryScenario scenario, FleetConfiguration configuration, Func<int, QueryBody> bodies)
    {
        var fleet = new HistoryFleet();
        try
        {
            for (var number = 0; number < scenario.Managers + scenario.WovenApplications; number++)
            {
                var instance = await fleet.StartInstanceAsync(number, scenario, configuration, bodies(number));
                fleet._instances.Add(scenario.Wrap(number, new GatedInstance(instance)));
            }

            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>When every instance has got answers to each kind of call: a server compiles a script when it first runs it, and that may take long.</summary>
    public Task WarmUpAsync(WriteObserver observer) =>
        Task.WhenAll(_instances.Select((instance, number) => Eventually.Async(async () =>
        {
            var key = $"warm-up of {number}";
            await instance.LoadAsync(key);
            await instance.LoadThroughL2Async(key);
            return await observer.WatchAsync(() => instance.SetAsync(key, ""))
                && await observer.WatchAsync(() => instance.DeleteAsync(key))
                && await observer.WatchAsync(instance.ClearAsync);
        })));

    public async ValueTask DisposeAsync()
    {
        _proxies.ForEach(proxy => proxy.Heal());
        await Task.WhenAll(_instances.Select(instance => instance.DisposeAsync().AsTask()));
        await Task.WhenAll(_proxies.Select(proxy => proxy.DisposeAsync().AsTask()));
        _folder.Delete(recursive: true);
    }

    private async Task<ICacheInstance> StartInstanceAsync(int number, HistoryScenario scenario, FleetConfiguration configuration, QueryBody body)
    {
        var proxy = new TcpProxy(scenario.ServerUrl, unchecked(scenario.Seed + number));
        _proxies.Add(proxy);
        var file = Path.Combine(_folder.FullName, $"{number}.toml");
        await File.WriteAllTextAsync(file, configuration.ToToml(proxy.Url, Path.Combine(_folder.FullName, $"{number}")));
        if (number >= scenario.Managers)
        {
            var woven = await WovenInstance.StartAsync(file, Logs, body, scenario.UnloadsWoven);
            Contexts.Add(woven.Context);
            return woven;
        }

        var options = OxcacheOptions.Load(file);
        options.LoggerFactory = Logs;
        options.JsonSerializerOptions = new JsonSerializerOptions { Converters = { new SlowStringConverter() } };
        options.Rules = scenario.Rules;
        options.TimeProvider = new WrongClock(number % 2 == 0 ? WrongBy : -WrongBy);
        return await ManagedInstance.StartAsync(options, body);
    }
}
