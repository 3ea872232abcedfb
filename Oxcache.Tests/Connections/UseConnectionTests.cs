using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Connections;

/// <summary>A connection of the application's own, which the cache uses and leaves as it is.</summary>
public sealed class UseConnectionTests
{
    [SkippableFact]
    public async Task It_is_used_for_all_that_the_cache_does_and_lives_on_after_it()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port},name=application,channelPrefix=team:,defaultDatabase=2");
        var prefix = Caches.NewPrefix();
        await using (var one = await StartAsync(connection, prefix))
        await using (var other = await Caches.TwoLevel($"127.0.0.1:{server.Port},channelPrefix=team:,defaultDatabase=2,name=other", prefix).StartAsync())
        {
            await Eventually.Is(() => one.Health.State == HealthState.Healthy && other.Health.State == HealthState.Healthy);
            await other.Things().SetAsync("k", "old");
            Assert.Equal("old", await one.Things().GetAsync<string>("k"));
            await other.Things().SetAsync("k", "new");
            await Eventually.Async(async () => await one.Things().GetAsync<string>("k") == "new");
            await one.Things().ClearAsync();
            await Eventually.Async(async () => await other.Things().GetAsync<string>("k") is null);
            Assert.DoesNotContain("name=oxcache", (string)(await RedisConsole.AskAsync(server.Port, "CLIENT", "LIST"))!, StringComparison.Ordinal);
        }

        Assert.True(connection.IsConnected);
        await connection.GetDatabase().PingAsync();
        await Eventually.Async(async () => ((object?[])(await RedisConsole.AskAsync(server.Port, "PUBSUB", "CHANNELS", $"*{prefix}*"))!).Length == 0);
    }

    [SkippableFact]
    public async Task It_comes_back_by_itself_when_its_server_does()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        await using var manager = await StartAsync(connection, Caches.NewPrefix());
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);

        server.Kill();
        await Eventually.Is(() => manager.Health.State == HealthState.Degraded);
        await manager.Things().SetAsync("k", 1);
        await server.RestartEmptyAsync();
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
    }

    [SkippableFact]
    public async Task Services_on_the_same_one_share_it()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(new Uri(await ServerPool.UrlAsync(ServerKind.Garnet)).Authority);
        var options = Caches.TwoLevel("redis://nowhere.invalid", configure: service => service.L2.UseConnection(connection));
        options.Services["more"] = new ServiceOptions { L2 = { CommandTimeout = TimeSpan.FromSeconds(10) } };
        options.Services["more"].L2.UseConnection(connection);
        await using var manager = await options.StartAsync();

        Assert.Equal(1, manager.ConnectionCount);
    }

    [Fact]
    public async Task One_that_is_not_connected_is_refused()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{RedisServer.FreePort()},abortConnect=false,connectTimeout=100,connectRetry=0");
        Assert.Contains("not connected", Assert.Throws<ArgumentException>(() => new L2Options().UseConnection(connection)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Settings_and_a_connection_are_not_given_both()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(new Uri(await ServerPool.UrlAsync(ServerKind.Garnet)).Authority);
        Assert.Throws<InvalidOperationException>(() => new L2Options().ConfigureClient(_ => { }).UseConnection(connection));
        Assert.Throws<InvalidOperationException>(() => new L2Options().UseConnection(connection).ConfigureClient(_ => { }));
    }

    private static Task<CacheManager> StartAsync(IConnectionMultiplexer connection, string prefix)
    {
        var options = Caches.TwoLevel("", prefix, service =>
        {
            service.L2.ConnectionString = new L2Options().ConnectionString;
            service.L2.UseConnection(connection);
        });
        return options.StartAsync();
    }
}
