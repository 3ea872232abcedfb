using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Oxcaching.Diagnostics;

/// <summary>The application's logger, with its exceptions kept from the cache: a host that is shutting down may have disposed it.</summary>
internal sealed class GuardedLogger : ILogger
{
    private readonly ILogger _logger;

    private GuardedLogger(ILogger logger) => _logger = logger;

    public static ILogger From(ILoggerFactory factory)
    {
        try
        {
            return new GuardedLogger(factory.CreateLogger("Oxcache"));
        }
        catch (Exception)
        {
            // There is nowhere to report it to.
            return NullLogger.Instance;
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _logger.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            // There is nowhere to report it to.
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            _logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nowhere to report it to.
        }
    }
}
