using Microsoft.Extensions.Logging;

namespace Oxcaching.Tests.TestSupport;

/// <summary>Tells what is logged, a line for each, as a process without a collector of its own does.</summary>
internal sealed class PrintingLogger(Action<string> print) : ILoggerFactory, ILogger
{
    public const string Prefix = "log";

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        print($"{Prefix} {eventId.Id} {formatter(state, exception)} {exception}".ReplaceLineEndings(" "));

    public void Dispose()
    {
    }
}
