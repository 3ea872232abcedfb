using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>An instance that can be cut off from Redis and restarted, and another that cannot.</summary>
internal sealed class ReplayBed : IAsyncDisposable
{
    private readonly string _url;
    private readonly string _prefix = Caches.NewPrefix();
    private readonly Action<ServiceOptions>? _configure;
    private readonly long? _walMaxBytes;
    private CacheManager _one = null!;
    private CacheManager _other = null!;

    private ReplayBed(string url, Action<ServiceOptions>? configure, long? walMaxBytes)
    {
        (_url, _configure, _walMaxBytes) = (url, configure, walMaxBytes);
        Proxy = new TcpProxy(url);
    }

    public TcpProxy Proxy { get; }

    public ICacheClient One => _one.Things();

    /// <summary>What of the first instance is pending.</summary>
    public PendingWrites Pending => _one.Parts[0].Pending!;

    /// <summary>What the first instance has logged, since it was started last.</summary>
    public LogCollector Logs { get; private set; } = null!;

    public ICacheClient Other => _other.Things();

    public static async Task<ReplayBed> StartAsync(ServerKind kind, Action<ServiceOptions>? configure = null, long? walMaxBytes = null)
    {
        var bed = new ReplayBed(await ServerPool.UrlAsync(kind), configure, walMaxBytes);
        await bed.StartOneAsync();
        bed._other = await bed.Options(bed._url).StartAsync();
        return bed;
    }

    /// <summary>Redis is away for the first instance, which knows it.</summary>
    public async Task CutOffAsync()
    {
        Proxy.Refuse();
        await Eventually.Is(() => _one.Parts[0].Remote!.IsCutOff);
    }

    /// <summary>The first instance, while it is cut off, takes Redis's clock to be so much ahead.</summary>
    public void Mislead(TimeSpan ahead) => _one.Parts[0].Remote!.Clock.Mislead(ahead);

    public async Task RestartOneAsync()
    {
        await StopOneAsync();
        await StartOneAsync();
    }

    public Task StopOneAsync() => _one.ShutdownAsync();

    /// <summary>When nothing of the first instance is pending any more.</summary>
    public async Task ReplayedAsync()
    {
        await Eventually.Is(() => !_one.Parts[0].Remote!.IsCutOff);
        await _one.Parts[0].Pending!.WhenEmptyAsync();
    }

    /// <summary>When the other instance reads it, whose memory is told of what was replayed a moment after Redis.</summary>
    public Task OtherReadsAsync(string key, string? expected) => Eventually.Async(async () => await Other.GetAsync<string>(key) == expected);

    /// <summary>Lets pass what the clocks of two instances may differ by: what comes next is later for certain.</summary>
    public Task LaterAsync() => Task.Delay(TimeSpan.FromMilliseconds(200));

    public async ValueTask DisposeAsync()
    {
        Proxy.Heal();
        await _one.ShutdownAsync(TimeSpan.Zero);
        await _other.ShutdownAsync(TimeSpan.Zero);
        await Proxy.DisposeAsync();
    }

    private async Task StartOneAsync()
    {
        var options = Options(Proxy.Url);
        Logs = (LogCollector)options.LoggerFactory!;
        _one = await options.StartAsync();
    }

    private OxcacheOptions Options(string url)
    {
        var options = Caches.TwoLevel(url, _prefix, _configure);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        options.WalMaxBytes = _walMaxBytes ?? options.WalMaxBytes;
        return options;
    }
}
