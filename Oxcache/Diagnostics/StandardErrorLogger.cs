using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Oxcaching.Diagnostics;

/// <summary>Writes warnings and errors to standard error: what an application sees that gave no logger factory.</summary>
/// <remarks>A mistake in the set-up, which nobody would learn of otherwise, is the reason.</remarks>
internal sealed class StandardErrorLogger : ILogger, ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Set Oxcache.LoggerFactory or OxcacheOptions.LoggerFactory instead.");

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            var reason = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"oxcache: {logLevel}: {formatter(state, exception)}{reason}"));
        }
    }

    public void Dispose()
    {
    }
}
