using System.Diagnostics;
using Oxcaching.Configuration;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Topology;

/// <summary>A primary that sentinels watch: it is found, followed, and not mistaken for another.</summary>
[Collection(Name)]
public sealed class SentinelTests(SentinelSetup setup, ITestOutputHelper output)
{
    public const string Name = "sentinel";

    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    private readonly string _prefix = Caches.NewPrefix();

    [SkippableFact]
    public async Task The_primary_is_found_through_the_one_sentinel_that_answers()
    {
        await setup.WholeAsync();
        using var silent = new SilentServer();
        string[] nodes = [$"127.0.0.1:{RedisServer.FreePort()}", silent.Url["redis://".Length..], setup.Nodes[0]];
        await using var manager = await Options(l2 => l2.Sentinel.Nodes = nodes).StartAsync();

        await manager.Things().SetAsync("k", 1);
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));
    }

    [SkippableFact]
    public async Task After_an_election_all_keys_are_served_and_written_again_within_two_seconds()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var old = await setup.PrimaryAsync();

        old.Kill();
        var again = numbers.ServedAgainAsync();
        await setup.ElectedInsteadOfAsync(old);
        var elected = Stopwatch.GetTimestamp();

        var took = Stopwatch.GetElapsedTime(elected, await again);
        output.WriteLine($"Served again {took.TotalMilliseconds:0} ms after the election.");
        Assert.True(took <= Allowed, $"It took {took}.");
        Assert.Empty(numbers.Wrong);
    }

    [SkippableFact]
    public async Task A_primary_that_froze_is_left_for_the_one_that_was_elected()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var old = await setup.PrimaryAsync();

        old.Freeze();
        var again = numbers.ServedAgainAsync();
        await setup.ElectedInsteadOfAsync(old);
        var elected = Stopwatch.GetTimestamp();

        var took = Stopwatch.GetElapsedTime(elected, await again);
        output.WriteLine($"Served again {took.TotalMilliseconds:0} ms after the election.");
        Assert.True(took <= Allowed, $"It took {took}.");
        Assert.Empty(numbers.Wrong);
    }

    [SkippableFact]
    public async Task A_failover_is_told_to_those_who_subscribe()
    {
        await setup.WholeAsync();
        var remote = OxcacheConfiguration.Resolve(Options()).Services[Caches.Service].Remote!;
        await using var connection = new RedisConnection(remote.Address, remote.ConnectionTimeout, remote.CommandTimeout, TimeProvider.System);
        var reasons = new List<ReplacementReason>();
        var moved = new TaskCompletionSource();
        connection.Replaced += reasons.Add;
        connection.Doubted += _ => moved.TrySetResult();
        await connection.ProbeAsync(CancellationToken.None);
        var before = Assert.Single(connection.Primaries()).EndPoint;

        await setup.FailOverAsync();
        await moved.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Eventually.Async(async () =>
        {
            await connection.ProbeAsync(CancellationToken.None);
            return reasons.Count > 1;
        });

        Assert.Equal([ReplacementReason.Connection, ReplacementReason.Primary], reasons);
        Assert.NotEqual(before, Assert.Single(connection.Primaries()).EndPoint);
    }

    [SkippableFact]
    public async Task An_old_primary_that_comes_back_is_not_written()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        await manager.Things().SetAsync("k", 1);
        var old = await setup.PrimaryAsync();
        old.Kill();
        var elected = await setup.ElectedInsteadOfAsync(old);

        // For some seconds it takes itself for the primary, and has nothing.
        await old.RestartEmptyAsync();
        Assert.Equal("master", await setup.RoleAsync(old));
        await WrittenAtAsync(elected, manager);
        await WrittenAtAsync(elected, reader);
        await setup.AskAsync(elected, "CLIENT", "KILL", "TYPE", "normal");
        await new GrowingNumbers(manager.Things(), reader.Things(), 10).ServedAgainAsync();

        Assert.Equal(0L, await setup.AskAsync(old, "DBSIZE"));
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));
    }

    [SkippableFact]
    public async Task A_sentinel_that_was_cut_off_does_not_lead_back_to_the_old_primary()
    {
        await setup.WholeAsync();
        var options = Options();
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        await using var manager = await options.StartAsync();
        await using var reader = await options.StartAsync();
        var old = await setup.PrimaryAsync();
        var stale = setup.Sentinels[2];
        stale.Kill();
        await setup.FailOverAsync();
        var elected = await setup.ElectedInsteadOfAsync(old);
        await WrittenAtAsync(elected, manager);
        await WrittenAtAsync(elected, reader);

        // Now only the one that knows nothing of it can be asked, and what it names is a primary again.
        setup.Sentinels[0].Kill();
        setup.Sentinels[1].Kill();
        await setup.AskAsync(old, "REPLICAOF", "NO", "ONE");
        await setup.AskAsync(old, "FLUSHALL");
        await stale.ReviveAsync();
        Assert.Equal(old.Port, await SentinelSetup.PrimaryPortAsync(stale));
        await Eventually.Async(() => SentinelSetup.WasAskedAsync(stale));
        await new GrowingNumbers(manager.Things(), reader.Things(), 10).ServedAgainAsync();

        Assert.Equal(0L, await setup.AskAsync(old, "DBSIZE"));
        await WrittenAtAsync(elected, manager);
    }

    [SkippableFact]
    public async Task While_no_sentinel_answers_the_last_primary_is_kept()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        await manager.Things().SetAsync("k", 1);
        foreach (var sentinel in setup.Sentinels)
        {
            sentinel.Kill();
        }

        await setup.AskAsync(await setup.KnownPrimaryAsync(), "CLIENT", "KILL", "TYPE", "normal");
        await new GrowingNumbers(manager.Things(), reader.Things(), 10).ServedAgainAsync();
        Assert.Equal(1, await manager.Things().GetAsync<int>("k"));
    }

    [SkippableFact]
    public async Task A_wrong_password_of_the_sentinels_is_logged_unseen()
    {
        await setup.WholeAsync();
        var options = Options(l2 => l2.Sentinel.Password = "not-it");
        await using var manager = await options.StartAsync();

        Assert.False(await manager.Things().ExistsAsync("k"));
        var logs = (LogCollector)options.LoggerFactory!;
        Assert.Contains(logs.Texts(11), text => text.Contains("sentinel", StringComparison.Ordinal));
        Assert.DoesNotContain(logs.Lines, line => line.Text.Contains("not-it", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_name_that_the_sentinels_do_not_know_is_logged()
    {
        await setup.WholeAsync();
        var options = Options(l2 => l2.Sentinel.MasterName = "nobody");
        await using var manager = await options.StartAsync();

        Assert.Contains(((LogCollector)options.LoggerFactory!).Texts(11), text => text.Contains("No such master with that name", StringComparison.Ordinal));
    }

    private Task WrittenAtAsync(RedisServer server, CacheManager manager)
    {
        var key = "written" + Guid.NewGuid();
        return Eventually.Async(async () =>
        {
            await manager.Things().SetAsync(key, 1);
            return await setup.AskAsync(server, "EXISTS", $"{_prefix}:{Caches.Service}:{key}") is 1L;
        });
    }

    private async Task<GrowingNumbers> SettledAsync(CacheManager writer, CacheManager reader)
    {
        var numbers = new GrowingNumbers(writer.Things(), reader.Things(), 50);
        await numbers.ServedAgainAsync();
        await setup.ReplicatedAsync();
        numbers.Settle();
        return numbers;
    }

    private OxcacheOptions Options(Action<L2Options>? configure = null)
    {
        var options = Caches.Remote("redis://localhost:6379", _prefix, service =>
        {
            service.L2.Mode = RedisMode.Sentinel;
            service.L2.Password = SentinelSetup.Password;
            service.L2.CommandTimeout = TimeSpan.FromMilliseconds(500);
            service.L2.Sentinel.MasterName = SentinelSetup.MasterName;
            service.L2.Sentinel.Nodes = [.. setup.Nodes];
            service.L2.Sentinel.Password = SentinelSetup.SentinelPassword;
            configure?.Invoke(service.L2);
        });
        return options;
    }
}
