using Microsoft.Extensions.Logging;
using Oxcaching.Diagnostics;
using Oxcaching.Recovery;

namespace Oxcaching;

/// <summary>The front door: sets the cache up for the process, and gives its services by name.</summary>
/// <remarks>
/// Holds one <see cref="CacheManager"/>, which every <see cref="CachedAttribute">cached</see> method uses. Thread-safe. Without a
/// <see cref="LoggerFactory"/> warnings and errors go to standard error.
/// </remarks>
/// <example>
/// <code>
/// Oxcache.Init("config.toml");
/// var users = Oxcache.GetClient("user_cache");
/// await users.SetAsync("user_42", new User(42));
/// </code>
/// </example>
public static class Oxcache
{
    private static volatile CacheManager? _current;
    private static volatile Task _retiring = Task.CompletedTask;
    private static readonly HealthPublisher HealthNews =
        new(exception => Log.HealthHandlerFailed(_current?.Logger ?? GuardedLogger.From(LoggerFactory), exception));
    private static ILoggerFactory _loggerFactory = new StandardErrorLogger();

    /// <summary>Whether there is a cache to use: after an Init and before a shutdown.</summary>
    public static bool IsInitialized => _current is not null;

    /// <summary>
    /// Where the cache logs, unless <see cref="OxcacheOptions.LoggerFactory"/> says otherwise. Default: warnings and errors go to
    /// standard error. Set it before Init.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static ILoggerFactory LoggerFactory
    {
        get => Volatile.Read(ref _loggerFactory);
        set => Volatile.Write(ref _loggerFactory, value ?? throw new ArgumentNullException(nameof(value)));
    }

    /// <summary>
    /// How the cache and its Redis get on at this moment: the worst state of all connections, and the pending writes of all services.
    /// Null before an Init and after a shutdown.
    /// </summary>
    public static CacheHealth? Health => _current?.Health;

    /// <summary>
    /// Raised when the state of <see cref="Health"/> has changed, on a thread of the pool and in the order of the changes. What a handler throws is
    /// logged. A handler may be added before Init, and stays through a later one.
    /// </summary>
    public static event EventHandler<CacheHealth>? HealthChanged
    {
        add => HealthNews.Changed += value;
        remove => HealthNews.Changed -= value;
    }

    internal static CacheManager? Current => _current;

    /// <summary>Reads the configuration, builds every service and starts connecting in the background. Redis being down is no error.</summary>
    /// <param name="configPath">Relative to the working directory, else to the application's directory; or absolute.</param>
    /// <remarks>
    /// A second Init replaces the first: calls under way finish on the old cache, which then shuts down gracefully. Should it fail, the first stays.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="configPath"/> is null or empty.</exception>
    /// <exception cref="OxcacheConfigurationException">The file is missing, or something in it is wrong; all errors are in it.</exception>
    public static void Init(string configPath = "config.toml") => Init(OxcacheOptions.Load(configPath));

    /// <summary>The same as <see cref="Init(string)"/>, with options built in code.</summary>
    /// <param name="options">The configuration. Later changes to it have no effect.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="OxcacheConfigurationException">Something in the options is wrong; all errors are in it.</exception>
    public static void Init(OxcacheOptions options) => Replace(new CacheManager(options));

    /// <summary>The same as <see cref="Init(string)"/>; waits besides for the first attempt to connect, at most <c>connection_timeout_ms</c>.</summary>
    /// <inheritdoc cref="Init(string)" path="/param|/remarks|/exception"/>
    /// <param name="configPath">Relative to the working directory, else to the application's directory; or absolute.</param>
    /// <param name="cancellationToken">Ends the wait; the cache is set up all the same.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task InitAsync(string configPath = "config.toml", CancellationToken cancellationToken = default) =>
        InitAsync(OxcacheOptions.Load(configPath), cancellationToken);

    /// <summary>The same as <see cref="Init(OxcacheOptions)"/>; waits besides for the first attempt to connect, at most <c>connection_timeout_ms</c>.</summary>
    /// <inheritdoc cref="Init(OxcacheOptions)" path="/exception"/>
    /// <param name="options">The configuration. Later changes to it have no effect.</param>
    /// <param name="cancellationToken">Ends the wait; the cache is set up all the same.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task InitAsync(OxcacheOptions options, CancellationToken cancellationToken = default)
    {
        var manager = new CacheManager(options);
        Replace(manager);
        return manager.WaitForConnectionAsync(cancellationToken);
    }

    /// <summary>One service, to use by hand.</summary>
    /// <param name="service">The name of the service, the NAME of <c>[services.NAME]</c>, case-sensitive.</param>
    /// <exception cref="InvalidOperationException">There was no Init, or a shutdown since.</exception>
    /// <exception cref="ArgumentException"><paramref name="service"/> is null, empty or not configured; the message names those that are.</exception>
    public static ICacheClient GetClient(string service)
    {
        var manager = _current
            ?? throw new InvalidOperationException("Oxcache is not initialized. Call Oxcache.Init(\"config.toml\") at start-up.");
        return manager.GetClient(service);
    }

    /// <summary>Waits for calls under way, then closes every cache and connection. Cached methods run uncached afterwards.</summary>
    /// <param name="drain">How long to wait for calls under way; <see cref="TimeSpan.MaxValue"/>: until they are over. Default: 5 seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drain"/> is negative.</exception>
    public static Task ShutdownAsync(TimeSpan? drain = null)
    {
        CacheManager.CheckDrain(drain);
        var closing = Interlocked.Exchange(ref _current, null)?.ShutdownAsync(drain) ?? Task.CompletedTask;
        return Task.WhenAll(closing, _retiring);
    }

    private static void Replace(CacheManager manager)
    {
        manager.HealthChanged += static (sender, health) =>
        {
            if (sender == _current)
            {
                HealthNews.Publish(null, health);
            }
        };
        if (Interlocked.Exchange(ref _current, manager) is { } old)
        {
            _retiring = Task.WhenAll(_retiring, RetireAsync(old));
        }
    }

    private static async Task RetireAsync(CacheManager old)
    {
        try
        {
            await old.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Nobody waits for it, and the new cache is not concerned.
            Log.Internal(old.Logger, "(all)", e);
        }
    }
}
