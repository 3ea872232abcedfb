using System.Diagnostics;
using Oxcaching.Configuration;
using Oxcaching.Tests.Coherence.Protocol;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>Pending writes before a real server that is slow, away or deaf.</summary>
[Collection(Undisturbed.Name)]
public sealed class PendingRedisTests
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>For a busy machine; two waits one after the other take longer.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1.2);

    [SkippableTheory]
    [EachServer]
    public async Task Without_write_through_a_set_returns_at_once_and_is_read_at_once(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, WriteBehind);
        HoldWrites(stage);
        await stage.One.SetAsync("k", "v").AsTask().WaitAsync(Allowance);
        Assert.Equal("v", await stage.One.GetAsync<string>("k"));
        Assert.True(await stage.One.ExistsAsync("k"));
        Assert.Equal("v", await stage.One.GetOrSetAsync<string>("k", _ => throw new InvalidOperationException("The body ran.")));

        stage.OneProxy.Heal();
        await stage.SettledAsync();
        Assert.Equal("v", await stage.InRedisAsync("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task With_write_through_a_set_returns_when_its_attempt_has_failed(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, Hasty);
        HoldWrites(stage);
        await AssertInTimeAsync(() => stage.One.SetAsync("k", "v").AsTask());
        Assert.Equal("v", await stage.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_one_take_longer_that_waits_for_another_of_its_key(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, Hasty);
        HoldWrites(stage);
        await AssertInTimeAsync(() => Task.WhenAll(stage.One.SetAsync("k", "1").AsTask(), stage.One.SetAsync("k", "2").AsTask(), stage.One.DeleteAsync("k").AsTask()));
        Assert.Null(await stage.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_one_that_waits_for_a_batch(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, service =>
        {
            Hasty(service);
            service.TwoLevel.EnableBatchWrite = true;
            service.TwoLevel.BatchSize = 10;
            service.TwoLevel.BatchInterval = TimeSpan.FromSeconds(60);
        });
        HoldWrites(stage);
        await AssertInTimeAsync(() => Task.WhenAll(Enumerable.Range(0, 30).Select(i => stage.One.SetAsync($"k{i}", "v").AsTask())));
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_one_that_waits_when_the_connection_is_lost(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, service =>
        {
            Hasty(service);
            service.TwoLevel.EnableBatchWrite = true;
            service.TwoLevel.BatchInterval = TimeSpan.FromSeconds(60);
        });
        HoldWrites(stage);
        await AssertInTimeAsync(() =>
        {
            var sets = Enumerable.Range(0, 30).Select(i => stage.One.SetAsync($"k{i}", "v").AsTask()).ToList();
            stage.OneProxy.Refuse();
            return Task.WhenAll(sets);
        });
        stage.OneProxy.Heal();
        await stage.EventuallyAsync(async () => await stage.InRedisAsync("k29") == "v");
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_one_that_waits_for_a_clear(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, Hasty);
        HoldWrites(stage);
        var clear = stage.One.ClearAsync().AsTask();
        await AssertInTimeAsync(() => stage.One.SetAsync("k", "v").AsTask());
        stage.OneProxy.Heal();
        await clear;
        await stage.EventuallyAsync(async () => await stage.InRedisAsync("k") == "v");
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_does_a_clear_when_the_connection_is_lost(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, Hasty);
        HoldWrites(stage);
        await AssertInTimeAsync(() =>
        {
            var set = stage.One.SetAsync("k", "v").AsTask();
            var clear = stage.One.ClearAsync().AsTask();
            stage.OneProxy.Refuse();
            return Task.WhenAll(set, clear);
        });
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_caller_who_gives_up_ends_only_his_wait(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        HoldWrites(stage);
        using var impatient = new CancellationTokenSource();
        var set = stage.One.SetAsync("k", "v", ct: impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => set);

        stage.OneProxy.Heal();
        await stage.SettledAsync();
        Assert.Equal("v", await stage.InRedisAsync("k"));
        Assert.Equal("v", await stage.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_key_with_a_pending_delete_is_neither_read_in_Redis_nor_filled_there(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.Other.SetAsync("k", "old");
        await stage.SettledAsync();
        HoldWrites(stage);
        var delete = stage.One.DeleteAsync("k").AsTask();
        var get = stage.One.TryGetAsync<string>("k");
        Assert.True(get.IsCompletedSuccessfully);
        Assert.False((await get).Found);
        Assert.False(await stage.One.ExistsAsync("k"));
        Assert.Equal("loaded", await stage.One.GetOrSetAsync("k", _ => new ValueTask<string>("loaded")));

        stage.OneProxy.Heal();
        Assert.True(await delete);
        await stage.SettledAsync();
        Assert.Null(await stage.InRedisAsync("k"));
        Assert.Null(stage.InL1OfOne("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_pending_set_whose_value_has_expired_meanwhile_is_no_value(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, WriteBehind);
        HoldWrites(stage);
        await stage.One.SetAsync("k", "v", TimeSpan.FromMilliseconds(50));
        await stage.EventuallyAsync(async () => !await stage.One.ExistsAsync("k"));
        Assert.False((await stage.One.TryGetAsync<string>("k")).Found);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_clear_while_Redis_is_away_takes_effect_when_it_is_back(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        foreach (var key in new[] { "read", "loaded", "other" })
        {
            await stage.Other.SetAsync(key, "old");
        }

        await LoseRedisAsync(stage);
        await stage.One.SetAsync("pending", "old");
        await stage.One.ClearAsync();
        await stage.One.SetAsync("later", "new");
        await AssertClearedAsync();
        stage.OneProxy.Heal();
        await stage.EventuallyAsync(async () =>
        {
            // All the while nothing old shows at the instance that was cleared.
            await AssertClearedAsync();
            return await stage.InRedisAsync("other") is null && await stage.InRedisAsync("later") == "new";
        });
        Assert.Null(await stage.InRedisAsync("read"));
        Assert.Null(await stage.InRedisAsync("pending"));
        await stage.EventuallyAsync(async () => await stage.Other.GetAsync<string>("read") is null);

        async Task AssertClearedAsync()
        {
            Assert.Null(await stage.One.GetAsync<string>("read"));
            Assert.Null(await stage.One.GetAsync<string>("pending"));
            Assert.False(await stage.One.ExistsAsync("other"));
            Assert.Equal("new", await stage.One.GetOrSetAsync("loaded", _ => new ValueTask<string>("new")));
            Assert.Equal("new", await stage.One.GetAsync<string>("later"));
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_was_written_while_Redis_was_away_arrives_when_it_is_back(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.Other.SetAsync("deleted", "old");
        await stage.Other.SetAsync("set", "old");
        await LoseRedisAsync(stage);
        await stage.One.DeleteAsync("deleted");
        for (var i = 0; i < 100; i++)
        {
            await stage.One.SetAsync("set", $"new {i}");
        }

        Assert.Null(await stage.One.GetAsync<string>("deleted"));
        Assert.Equal("new 99", await stage.One.GetAsync<string>("set"));
        stage.OneProxy.Heal();
        await stage.EventuallyAsync(async () => await stage.Other.GetAsync<string>("set") == "new 99" && await stage.Other.GetAsync<string>("deleted") is null);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_shutdown_waits_for_what_is_pending(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        await using var proxy = new TcpProxy(url);
        var options = Caches.TwoLevel(proxy.Url, configure: service =>
        {
            WriteBehind(service);
            service.TwoLevel.EnableBatchWrite = true;
        });
        var manager = await options.StartAsync();
        await manager.Things().SetAsync("warm", "v");
        await manager.WhenIdleAsync();
        proxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);
        for (var i = 0; i < 500; i++)
        {
            await manager.Things().SetAsync($"k{i}", "v");
        }

        var shutdown = manager.ShutdownAsync(TimeSpan.FromSeconds(10));
        Assert.False(shutdown.IsCompleted);
        proxy.Heal();
        await shutdown;

        await using var later = await Caches.Remote(url, options.KeyPrefix).StartAsync();
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal("v", await later.Things().GetAsync<string>($"k{i}"));
        }
    }

    [SkippableFact]
    public async Task A_batch_is_one_script()
    {
        const int Sets = 1000;
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var manager = await Caches.TwoLevel(server.Url, configure: service => service.TwoLevel.EnableBatchWrite = true).StartAsync();
        await manager.Things().SetAsync("warm", "v");
        await RedisConsole.AskAsync(server.Port, "CONFIG", "RESETSTAT");
        await Task.WhenAll(Enumerable.Range(0, Sets).Select(i => manager.Things().SetAsync($"k{i}", "v").AsTask()));

        var stats = (string)(await RedisConsole.AskAsync(server.Port, "INFO", "commandstats"))!;
        var scripts = int.Parse(stats.Split("cmdstat_evalsha:calls=")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(scripts, Sets / 100, Sets / 10);
    }

    private static Task<Stage> SetAsync(ServerKind kind, Action<ServiceOptions>? configure = null) =>
        Stage.SetAsync(kind, ProtocolRules.All, TimeSpan.FromSeconds(20), configure);

    private static void WriteBehind(ServiceOptions service) => service.TwoLevel.WriteThrough = false;

    private static void Hasty(ServiceOptions service) => service.L2.CommandTimeout = CommandTimeout;

    private static void HoldWrites(Stage stage) => stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);

    private static async Task LoseRedisAsync(Stage stage)
    {
        stage.OneProxy.Refuse();
        await stage.EventuallyAsync(() => stage.OneCutOff);
    }

    private static async Task AssertInTimeAsync(Func<Task> writes)
    {
        var watch = Stopwatch.StartNew();
        await writes();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, CommandTimeout + Allowance);
    }
}
