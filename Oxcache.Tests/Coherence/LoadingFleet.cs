using System.Globalization;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Coherence;

/// <summary>Instances that wait for each other's loads, each behind a proxy of its own.</summary>
internal sealed class LoadingFleet : IAsyncDisposable
{
    private readonly List<(CacheManager Manager, TcpProxy Proxy)> _instances = [];
    private int _bodies;

    public ICacheClient this[int instance] => _instances[instance].Manager.Things();

    /// <summary>How many bodies have run, the held ones aside.</summary>
    public int Bodies => Volatile.Read(ref _bodies);

    public static async Task<LoadingFleet> StartAsync(ServerKind kind, int instances, Action<ServiceOptions>? configure = null)
    {
        var url = await ServerPool.UrlAsync(kind);
        var prefix = Caches.NewPrefix();
        var fleet = new LoadingFleet();
        for (var i = 0; i < instances; i++)
        {
            var proxy = new TcpProxy(url);
            var options = Caches.TwoLevel(proxy.Url, prefix, service =>
            {
                service.DistributedSingleFlight = true;
                service.L2.CommandTimeout = TimeSpan.FromSeconds(3);
                configure?.Invoke(service);
            });
            fleet._instances.Add((await options.StartAsync(), proxy));

            // A server compiles a script when it first runs it.
            await fleet[i].GetOrSetAsync($"warm {i}", _ => new ValueTask<int>(1));
            await fleet[i].DeleteAsync($"warm {i}");
        }

        await fleet.SettledAsync();
        return fleet;
    }

    public TcpProxy ProxyOf(int instance) => _instances[instance].Proxy;

    public bool IsCutOff(int instance) => _instances[instance].Manager.Parts[0].Remote!.IsCutOff;

    /// <summary>A load whose body takes a moment, and whose value no other body has made.</summary>
    public Task<string> LoadAsync(int instance, string key) => this[instance].GetOrSetAsync(
        key,
        async _ =>
        {
            var number = Interlocked.Increment(ref _bodies);
            await Task.Delay(TimeSpan.FromMilliseconds(20));
            return number.ToString(CultureInfo.InvariantCulture);
        }).AsTask();

    public HeldLoad BeginHeldLoad(int instance, string key) => new(this[instance], key, "held");

    public Task SettledAsync() => Task.WhenAll(_instances.Select(instance => instance.Manager.WhenIdleAsync()));

    public Task SettledAsync(int instance) => _instances[instance].Manager.WhenIdleAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var (manager, proxy) in _instances)
        {
            proxy.Heal();
            await manager.ShutdownAsync(TimeSpan.Zero);
            await proxy.DisposeAsync();
        }
    }
}
