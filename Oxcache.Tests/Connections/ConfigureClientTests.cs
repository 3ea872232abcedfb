using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Connections;

/// <summary>What an application sets up itself on the connections of the cache.</summary>
public sealed class ConfigureClientTests
{
    [SkippableFact]
    public async Task Each_connection_is_set_up_by_the_application_too()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "requirepass", "a-token");
        var calls = 0;
        var options = Caches.TwoLevel(server.Url, configure: service => service.L2
            .ConfigureClient(client => client.ClientName = "named-by-the-application")
            .ConfigureClient(async (client, cancellationToken) =>
            {
                await Task.Delay(1, cancellationToken);
                Interlocked.Increment(ref calls);
                client.Password = "a-token";
            }));
        await using var manager = await options.StartAsync();

        await manager.Things().SetAsync("k", 1);
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
        Assert.Contains("name=named-by-the-application", (string)(await RedisConsole.AskAsAsync(server.Port, "a-token", "CLIENT", "LIST"))!, StringComparison.Ordinal);
        Assert.NotEqual(0, calls);
    }

    [SkippableFact]
    public async Task A_connection_of_the_cache_has_a_name_by_which_an_operator_finds_it()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var manager = await Caches.TwoLevel(server.Url).StartAsync();

        var name = $"name=oxcache-{Environment.MachineName}-{Environment.ProcessId} ";
        var clients = ((string)(await RedisConsole.AskAsync(server.Port, "CLIENT", "LIST"))!).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, clients.Count(client => client.Contains(name, StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_prefix_of_the_channels_is_honoured_by_scripts_as_well(bool inConnectionString)
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        var prefix = Caches.NewPrefix();
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await Eventually.Is(() => one.Health.State == HealthState.Healthy && other.Health.State == HealthState.Healthy);
        await one.Things().SetAsync("k", "old");
        Assert.Equal("old", await other.Things().GetAsync<string>("k"));

        await one.Things().SetAsync("k", "new");
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") == "new");
        var channels = (object?[])(await RedisConsole.AskAsync(server.Port, "PUBSUB", "CHANNELS"))!;
        Assert.Equal($"team:{prefix}:invalidate:0:{Caches.Service}", Assert.Single(channels));

        Task<CacheManager> StartAsync() => Caches.TwoLevel(
            inConnectionString ? $"127.0.0.1:{server.Port},channelPrefix=team:" : server.Url,
            prefix,
            service =>
            {
                if (!inConnectionString)
                {
                    service.L2.ConfigureClient(client => client.ChannelPrefix = RedisChannel.Literal("team:"));
                }
            }).StartAsync();
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "proxy", "Proxy = Twemproxy" },
        { "renamed", "renames or disables EVALSHA" },
        { "database", "DefaultDatabase = 3" },
        { "service", "ServiceName" },
        { "throws", "ConfigureClient threw a InvalidOperationException" },
    };

    [SkippableTheory]
    [MemberData(nameof(Refused))]
    public async Task What_would_break_the_cache_is_refused_by_name(string setting, string says)
    {
        var url = await ServerPool.UrlAsync(ServerKind.Garnet);
        await using var manager = await Caches.TwoLevel(url, configure: service => service.L2.ConfigureClient(client => Break(client, setting))).StartAsync();

        await Eventually.Is(() => manager.Health.LastError?.Contains(says, StringComparison.Ordinal) == true);
        Assert.Equal(HealthState.Degraded, manager.Health.State);
        Assert.DoesNotContain("a secret", manager.Health.ToString(), StringComparison.Ordinal);
    }

    private static void Break(ConfigurationOptions client, string setting)
    {
        switch (setting)
        {
            case "proxy":
                client.Proxy = Proxy.Twemproxy;
                break;
            case "renamed":
                client.CommandMap = CommandMap.Create(new Dictionary<string, string?> { ["EVALSHA"] = "another" });
                break;
            case "database":
                client.DefaultDatabase = 3;
                break;
            case "service":
                client.ServiceName = "mymaster";
                break;
            default:
                throw new InvalidOperationException("a secret");
        }
    }
}
