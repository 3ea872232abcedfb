using System.Diagnostics.Metrics;
using System.Globalization;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Recovery;

/// <summary>What the cache says of itself while Redis comes and goes.</summary>
[Collection(Undisturbed.Name)]
public sealed class HealthTests
{
    private const string Secret = "s3cret-of-ours";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);

    [SkippableTheory]
    [EachServer]
    public async Task With_a_Redis_that_answers_it_is_healthy(ServerKind kind)
    {
        var before = DateTimeOffset.UtcNow;
        await using var manager = await Caches.TwoLevel(await ServerPool.UrlAsync(kind)).StartAsync();
        await Eventually.Is(() => manager.Things().Health.State == HealthState.Healthy);

        var health = manager.Things().Health;
        Assert.InRange(health.Since, before, DateTimeOffset.UtcNow);
        Assert.Null(health.LastError);
        Assert.Null(health.LastErrorAt);
        Assert.Equal(0, health.PendingWrites);
        Assert.Equal(HealthState.Healthy, manager.Health.State);
    }

    [Fact]
    public async Task Without_L2_it_is_always_healthy()
    {
        await using var manager = await Caches.Local().StartAsync();

        Assert.Equal(HealthState.Healthy, manager.Things().Health.State);
        Assert.Equal(HealthState.Healthy, manager.Health.State);
    }

    [Fact]
    public async Task With_no_Redis_there_it_is_degraded_and_says_why_and_what_waits()
    {
        var port = RedisServer.FreePort();
        await using var manager = await Caches.TwoLevel($"redis://127.0.0.1:{port}").StartAsync();
        await manager.Things().SetAsync("a", 1);
        await manager.Things().DeleteAsync("b");
        await manager.Things().SetAsync("a", 2);

        var health = manager.Things().Health;
        Assert.Equal(HealthState.Degraded, health.State);
        Assert.Contains($"127.0.0.1:{port}", health.LastError, StringComparison.Ordinal);
        Assert.NotNull(health.LastErrorAt);
        Assert.Equal(2, health.PendingWrites);
        Assert.Equal(2, manager.Health.PendingWrites);

        await manager.Things().ClearAsync();
        Assert.Equal(1, manager.Things().Health.PendingWrites);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Killed_and_started_again_it_was_degraded_then_recovering_then_healthy(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        var log = new HealthLog(manager.Things());
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        server.Kill();
        await log.UntilAsync(HealthState.Degraded);
        await manager.Things().SetAsync("k", 1);
        Assert.Equal(1, manager.Things().Health.PendingWrites);
        Assert.Contains($"127.0.0.1:{server.Port}", manager.Health.LastError, StringComparison.Ordinal);

        await server.RestartEmptyAsync();
        await log.UntilAsync(HealthState.Healthy);
        Assert.Equal(0, manager.Health.PendingWrites);
        AssertOrdered(log);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Frozen_and_thawed_it_was_degraded_and_is_healthy_by_the_connections_that_there_were(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var manager = await Options(server).StartAsync();
        var log = new HealthLog(manager.Things());
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        var epoch = manager.Parts[0].Channel!.Epoch;

        server.Freeze();
        await Eventually.Async(async () =>
        {
            await manager.Things().GetAsync<int>("k");
            return manager.Health.State == HealthState.Degraded;
        });
        server.Thaw();

        await log.UntilAsync(HealthState.Healthy);
        AssertOrdered(log);
        Assert.Equal(epoch, manager.Parts[0].Channel!.Epoch);
    }

    [SkippableFact]
    public async Task With_a_password_that_was_changed_it_is_degraded_and_shows_neither()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "requirepass", Secret);
        var url = $"redis://:{Secret}@127.0.0.1:{server.Port}";
        var options = Caches.TwoLevel(url);
        await using var manager = await options.StartAsync();
        var log = new HealthLog(manager.Things());
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        await RedisConsole.AskAsAsync(server.Port, Secret, "CONFIG", "SET", "requirepass", "new-" + Secret);
        await RedisConsole.AskAsAsync(server.Port, "new-" + Secret, "CLIENT", "KILL", "SKIPME", "yes");
        await log.UntilAsync(HealthState.Degraded);
        await manager.Things().SetAsync("k", 1);
        await Eventually.Is(() => manager.Health.LastError!.Contains("AuthenticationFailure", StringComparison.Ordinal));
        Assert.Contains($"127.0.0.1:{server.Port}", manager.Health.LastError, StringComparison.Ordinal);

        await RedisConsole.AskAsAsync(server.Port, "new-" + Secret, "CONFIG", "SET", "requirepass", Secret);
        await log.UntilAsync(HealthState.Healthy);
        Assert.Equal(0, manager.Health.PendingWrites);
        AssertOrdered(log);
        string[] shown = [.. log.Heard.Append(manager.Health).Select(health => health.ToString()), .. ((LogCollector)options.LoggerFactory!).Lines.Select(line => $"{line}")];
        Assert.All(shown, text => Assert.DoesNotContain(Secret, text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.DoesNotContain("redis://", text, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task While_Redis_refuses_writes_it_is_recovering_and_says_why()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var manager = await Options(server).StartAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "maxmemory", "1");
        await manager.Things().SetAsync("k", 1);
        await Eventually.Is(() => manager.Health is { State: HealthState.Recovering, PendingWrites: 1 });
        Assert.Contains("OOM", manager.Health.LastError, StringComparison.Ordinal);

        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "maxmemory", "0");
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
    }

    [SkippableFact]
    public async Task Of_two_connections_the_worse_counts_and_each_service_has_its_own()
    {
        var options = Caches.TwoLevel(await ServerPool.UrlAsync());
        options.Services["gone"] = new ServiceOptions { L2 = { ConnectionString = $"redis://127.0.0.1:{RedisServer.FreePort()}" } };
        await using var manager = await options.StartAsync();

        await Eventually.Is(() => manager.Things().Health.State == HealthState.Healthy);
        Assert.Equal(HealthState.Degraded, manager.GetClient("gone").Health.State);
        Assert.Equal(HealthState.Degraded, manager.Health.State);
        Assert.NotNull(manager.Health.LastError);
        Assert.Null(manager.Things().Health.LastError);
    }

    [SkippableFact]
    public async Task A_handler_that_throws_is_logged_and_keeps_nobody_else_from_hearing()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Garnet);
        var options = Options(server);
        await using var manager = await options.StartAsync();
        manager.Things().HealthChanged += (_, _) => throw new InvalidOperationException("not me");
        manager.HealthChanged += (_, _) => throw new InvalidOperationException("nor me");
        var log = new HealthLog(manager.Things());
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        server.Kill();
        await log.UntilAsync(HealthState.Degraded);
        await server.RestartEmptyAsync();
        await log.UntilAsync(HealthState.Healthy);
        await Eventually.Is(() => ((LogCollector)options.LoggerFactory!).Lines.Where(line => line.Event == 17)
            .Select(line => line.Exception!.Message).ToHashSet().SetEquals(["not me", "nor me"]));
    }

    [SkippableFact]
    public async Task A_handler_that_hangs_holds_up_neither_calls_nor_the_way_back()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Garnet);
        await using var manager = await Options(server).StartAsync();
        using var release = new ManualResetEventSlim();
        var hangs = new TaskCompletionSource();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        manager.Things().HealthChanged += (_, _) =>
        {
            hangs.TrySetResult();
            release.Wait();
        };

        server.Kill();
        await hangs.Task;
        Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(1)));
        await server.RestartEmptyAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        release.Set();
    }

    [Fact]
    public async Task A_shutdown_is_no_outage()
    {
        await using var manager = await Caches.TwoLevel(await ServerPool.UrlAsync()).StartAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        var log = new HealthLog(manager.Things());

        await manager.ShutdownAsync();
        Assert.Empty(log.Heard);
        Assert.Equal(HealthState.Healthy, manager.Health.State);
    }

    [Fact]
    public async Task Gauges_tell_the_state_and_what_is_pending()
    {
        var options = Caches.TwoLevel($"redis://127.0.0.1:{RedisServer.FreePort()}");
        options.Services["gauged-" + options.KeyPrefix] = new ServiceOptions { CacheType = CacheType.L2, L2 = { ConnectionString = options.Services[Caches.Service].L2.ConnectionString } };
        var name = options.Services.Keys.Single(service => service != Caches.Service);
        await using var manager = await options.StartAsync();
        await manager.GetClient(name).SetAsync("k", 1);
        var read = new Dictionary<string, int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument is { Meter.Name: "Oxcache", IsObservable: true })
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("oxcache.service", name)))
            {
                read[instrument.Name] = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(2, read["oxcache.health"]);
        Assert.Equal(1, read["oxcache.l2.pending_writes"]);
    }

    /// <summary>Of all that was heard: nothing is told twice, and nothing becomes healthy at once.</summary>
    private static void AssertOrdered(HealthLog log)
    {
        var states = log.States.ToList();
        var text = string.Join(", ", log.Heard.Select(health => string.Create(CultureInfo.InvariantCulture, $"{health.Since:mm:ss.fff} {health.State} ({health.LastError})")));
        Assert.True(states[^2..] is [HealthState.Recovering, HealthState.Healthy] && states.Contains(HealthState.Degraded), text);
        Assert.All(states.Zip(states.Skip(1)), pair => Assert.False(pair.First == pair.Second || pair is (HealthState.Degraded, HealthState.Healthy), text));
        Assert.Equal(log.Heard.Select(health => health.Since).Order(), log.Heard.Select(health => health.Since));
    }

    private static OxcacheOptions Options(RedisServer server)
    {
        var options = Caches.TwoLevel(server.Url, configure: service => service.L2.CommandTimeout = Short);
        return options;
    }
}
