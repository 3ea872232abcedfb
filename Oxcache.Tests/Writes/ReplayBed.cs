using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>An instance that can be cut off from Redis and restarted, and another that cannot.</summary>
internal sealed class ReplayBed : IAsyncDisposable
{
    private readonly string _url;
    private readonly string _prefix = Caches.NewPrefix();
    private readonly Action<ServiceOptions>? _configure;
    private CacheManager _one = null!;
    private CacheManager _other = null!;

    private ReplayBed(string url, Action<ServiceOptions>? configure)
    {
        (_url, _configure) = (url, configure);
        Proxy = new TcpProxy(url);
    }

    public TcpProxy Proxy { get; }

    public ICacheClient One => _one.Things();

    public ICacheClient Other => _other.Things();

    public static async Task<ReplayBed> StartAsync(ServerKind kind, Action<ServiceOptions>? configure = null)
    {
        var bed = new ReplayBed(await ServerPool.UrlAsync(kind), configure);
        bed._one = await bed.Options(bed.Proxy.Url).StartAsync();
        bed._other = await bed.Options(bed._url).StartAsync();
        return bed;
    }

    /// <summary>Redis is away for the first instance, which knows it.</summary>
    public async Task CutOffAsync()
    {
        Proxy.Refuse();
        await Eventually.Is(() => _one.Parts[0].Remote!.IsCutOff);
    }

    public async Task RestartOneAsync()
    {
        await StopOneAsync();
        _one = await Options(Proxy.Url).StartAsync();
    }

    public Task StopOneAsync() => _one.ShutdownAsync();

    /// <summary>When nothing of the first instance is pending any more.</summary>
    public async Task ReplayedAsync()
    {
        await Eventually.Is(() => !_one.Parts[0].Remote!.IsCutOff);
        await _one.Parts[0].Pending!.WhenEmptyAsync();
    }

    /// <summary>Lets pass what the clocks of two instances may differ by: what comes next is later for certain.</summary>
    public Task LaterAsync() => Task.Delay(TimeSpan.FromMilliseconds(200));

    public async ValueTask DisposeAsync()
    {
        Proxy.Heal();
        await _one.ShutdownAsync(TimeSpan.Zero);
        await _other.ShutdownAsync(TimeSpan.Zero);
        await Proxy.DisposeAsync();
    }

    private OxcacheOptions Options(string url)
    {
        var options = Caches.TwoLevel(url, _prefix, _configure);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        return options;
    }
}
