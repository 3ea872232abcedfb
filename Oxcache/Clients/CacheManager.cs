using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Oxcaching.Clients;
using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Recovery;
using Oxcaching.Serialization;
using Oxcaching.Writes;

namespace Oxcaching;

/// <summary>All services of one configuration, with their caches and connections: what stands behind <see cref="Oxcache"/>.</summary>
/// <remarks>
/// An application needs none of its own: <see cref="Oxcache.Init(string)"/> makes the one that woven methods use. A test, or a
/// host of several tenants, makes as many as it likes. Thread-safe.
/// </remarks>
public sealed class CacheManager : IAsyncDisposable
{
    private static readonly TimeSpan DefaultDrain = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ExitDrain = TimeSpan.FromMilliseconds(600);

    private readonly Dictionary<string, CacheClient> _clients = new(StringComparer.Ordinal);
    private readonly ConnectionPool _connections;
    private readonly List<ServiceParts> _parts = [];
    private readonly OverallHealth _health;
    private readonly HealthPublisher _publisher;
    private readonly CacheMeter? _meter;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _hurry = new();
    private readonly Lock _lock = new();
    private Task? _shutdown;

    /// <summary>Validates the options, builds every service and starts connecting in the background.</summary>
    /// <param name="options">The configuration. Later changes to it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OxcacheConfigurationException">Something in the options is wrong; all errors are in it.</exception>
    public CacheManager(OxcacheOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var configuration = OxcacheConfiguration.Resolve(options);
        Logger = GuardedLogger.From(configuration.LoggerFactory ?? Oxcache.LoggerFactory);
        foreach (var warning in configuration.Warnings)
        {
            Log.Configuration(Logger, warning);
        }

        _time = configuration.TimeProvider;
        _meter = configuration.EnableMetrics ? new CacheMeter() : null;
        _connections = new ConnectionPool(configuration.Services.Values.Select(service => service.Remote).OfType<RemoteSettings>(), Logger, _time);
        var serializer = new JsonCacheSerializer(configuration.JsonSerializerOptions);
        if (!serializer.KnowsTypes && configuration.Services.Values.Any(service => service.Remote is not null))
        {
            Log.NoJsonTypes(Logger);
        }

        foreach (var settings in configuration.Services.Values)
        {
            var events = new ServiceEvents(settings.Name, Logger, _meter, _time);
            var parts = new ServiceBuilder(settings, _connections, serializer, events, new JournalEvents(settings.Name, Logger, _meter, _time), _time).Build();
            _parts.Add(parts);
            var client = parts.NewClient();
            parts.Health.Client = client;
            _clients.Add(settings.Name, client);
        }

        _health = new OverallHealth(_connections.Health, _time);
        _publisher = new HealthPublisher(exception => Log.HealthHandlerFailed(Logger, exception));
        _health.Changed += health => _publisher.Publish(this, WithPending(health));
        _meter?.Observe([.. _clients.Values]);

        foreach (var parts in _parts)
        {
            parts.Channel?.Start();
        }

        _connections.Start();
        ExitGuard.Add(this);
    }

    /// <summary>The names of the services.</summary>
    public IReadOnlyCollection<string> Services => _clients.Keys;

    /// <summary>How the cache and its Redis get on at this moment: the worst state of all connections, and the pending writes of all services.</summary>
    public CacheHealth Health => WithPending(_health.Current);

    /// <summary>
    /// Raised when the state of <see cref="Health"/> has changed, on a thread of the pool and in the order of the changes. What a handler throws is
    /// logged.
    /// </summary>
    public event EventHandler<CacheHealth>? HealthChanged
    {
        add => _publisher.Changed += value;
        remove => _publisher.Changed -= value;
    }

    internal ILogger Logger { get; }

    internal int ConnectionCount => _connections.Count;

    internal IReadOnlyList<ServiceParts> Parts => _parts;

    /// <summary>One service, to use by hand.</summary>
    /// <param name="service">The name of the service, case-sensitive.</param>
    /// <exception cref="ArgumentException"><paramref name="service"/> is null, empty or not configured; the message names those that are.</exception>
    public ICacheClient GetClient(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        return TryGetClient(service, out var client) ? client : throw new ArgumentException(UnknownService(service), nameof(service));
    }

    /// <summary>Waits for the first attempt to connect to each Redis, whatever comes of it; never longer than <c>connection_timeout_ms</c>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task WaitForConnectionAsync(CancellationToken cancellationToken = default)
    {
        return WaitAsync().WaitAsync(cancellationToken);

        async Task WaitAsync()
        {
            await _connections.FirstProbes.ConfigureAwait(false);
            await Task.WhenAll(_parts.Select(parts => parts.Channel?.Listening ?? Task.CompletedTask)).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for calls under way, then closes every cache and connection. Later calls get the same task.</summary>
    /// <remarks>
    /// Loads that begin meanwhile are stored nowhere. What is pending is sent as long as Redis answers and the drain time lasts, and the rest left to the
    /// write-ahead log. Afterwards reads of its clients miss, and writes do nothing. The end of the process shuts down by itself, within a second.
    /// </remarks>
    /// <param name="drain">How long to wait for calls under way; <see cref="TimeSpan.MaxValue"/>: until they are over. Default: 5 seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public Task ShutdownAsync(TimeSpan? drain = null)
    {
        CheckDrain(drain);
        lock (_lock)
        {
            return _shutdown ??= CloseAsync(drain ?? DefaultDrain);
        }
    }

    internal static void CheckDrain(TimeSpan? drain) =>
        ArgumentOutOfRangeException.ThrowIfLessThan(drain ?? DefaultDrain, TimeSpan.Zero, nameof(drain));

    /// <summary>The same as <see cref="ShutdownAsync"/> with its default drain time.</summary>
    public ValueTask DisposeAsync() => new(ShutdownAsync());

    internal bool TryGetClient(string service, [NotNullWhen(true)] out CacheClient? client) => _clients.TryGetValue(service, out client);

    internal string UnknownService(string service) => ServiceNames.Unknown(service, _clients.Keys);

    /// <summary>Completes when no load and no call to Redis is under way.</summary>
    internal Task WhenIdleAsync() => Task.WhenAll(_parts.Select(parts => parts.WhenIdleAsync()));

    /// <summary>A shutdown by a process that is about to end; one that is under way hurries up.</summary>
    internal Task ShutdownSoonAsync()
    {
        _hurry.CancelAfter(ExitDrain);
        return ForNobodyAsync(ShutdownAsync(ExitDrain));
    }

    /// <summary>The process may end at any moment: what is pending reaches Redis, or the log.</summary>
    internal Task SettleSoonAsync() => ForNobodyAsync(Task.WhenAll(_parts.Select(parts => parts.SettleAsync(ExitDrain))));

    /// <summary>Nobody is left to be told what comes of it.</summary>
    private async Task ForNobodyAsync(Task ending)
    {
        try
        {
            await ending.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.Internal(Logger, "(all)", e);
        }
    }

    private CacheHealth WithPending(CacheHealth health) => health with { PendingWrites = _parts.Sum(parts => parts.Pending?.Unacknowledged ?? 0) };

    private async Task CloseAsync(TimeSpan drain)
    {
        foreach (var parts in _parts)
        {
            parts.IsClosing = true;
        }

        try
        {
            var longest = TimeSpan.FromMilliseconds(int.MaxValue);
            await WhenIdleAsync().WaitAsync(drain < longest ? drain : Timeout.InfiniteTimeSpan, _time, _hurry.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // What still runs answers its callers and stores nothing.
        }

        foreach (var parts in _parts)
        {
            await parts.CloseAsync().ConfigureAwait(false);
        }

        try
        {
            await _connections.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            foreach (var parts in _parts)
            {
                parts.Claims.OvertakeAll();
                parts.Deadlines.Dispose();
                parts.Local?.Dispose();
            }

            _meter?.Dispose();
            ExitGuard.Remove(this);
        }
    }
}
