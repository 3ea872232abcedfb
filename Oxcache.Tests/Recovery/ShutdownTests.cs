using Microsoft.Extensions.Logging;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

public sealed class ShutdownTests
{
    [SkippableTheory]
    [EachServer]
    public async Task A_shutdown_waits_for_a_write_under_way(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        var options = Caches.Remote(server.Url, configure: service => service.L2.CommandTimeout = TimeSpan.FromSeconds(10));
        var manager = await options.StartAsync();
        await manager.Things().SetAsync("warm", 1);

        server.Freeze();
        var write = manager.Things().SetAsync("k", 1).AsTask();
        var shutdown = manager.ShutdownAsync(TimeSpan.FromSeconds(10));
        Assert.False(shutdown.IsCompleted);
        server.Thaw();
        await write;
        await shutdown;

        await using var later = await Caches.Remote(server.Url, options.KeyPrefix).StartAsync();
        Assert.Equal(1, await later.Things().GetAsync<int>("k"));
    }

    [Fact]
    public async Task A_negative_drain_time_is_refused_and_changes_nothing()
    {
        await using var manager = await Caches.Local().StartAsync();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => manager.ShutdownAsync(TimeSpan.FromSeconds(-1)));
        await manager.Things().SetAsync("k", 1);
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));
    }

    [Fact]
    public async Task The_longest_drain_time_waits_as_long_as_it_takes()
    {
        var manager = await Caches.Local().StartAsync();

        await manager.ShutdownAsync(TimeSpan.MaxValue);
    }

    [Fact]
    public async Task A_logger_that_throws_harms_nobody()
    {
        var options = Caches.TwoLevel($"redis://127.0.0.1:{RedisServer.FreePort()}");
        options.LoggerFactory = new ThrowingLogger();
        var manager = await options.StartAsync();

        await manager.Things().SetAsync("k", 1);
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));
        await manager.ShutdownAsync();
    }

    private sealed class ThrowingLogger : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new ObjectDisposedException(nameof(ILoggerFactory));

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new ObjectDisposedException(nameof(ILogger));

        public bool IsEnabled(LogLevel logLevel) => throw new ObjectDisposedException(nameof(ILogger));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new ObjectDisposedException(nameof(ILogger));

        public void Dispose()
        {
        }
    }
}
