using System.Globalization;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Topology;

/// <summary>A primary, two replicas and three sentinels, all with passwords, as real processes.</summary>
public sealed class SentinelSetup : IAsyncLifetime
{
    public const string MasterName = "mymaster";
    public const string Password = "redis-pw";
    public const string SentinelPassword = "sentinel-pw";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-sentinel-");
    private readonly List<RedisServer> _servers = [];
    private readonly List<RedisServer> _sentinels = [];

    public IReadOnlyList<RedisServer> Sentinels => _sentinels;

    public IReadOnlyList<string> Nodes => [.. _sentinels.Select(sentinel => $"127.0.0.1:{sentinel.Port}")];

    public async Task InitializeAsync()
    {
        if (RedisServer.Missing(ServerKind.Redis) is not null)
        {
            // Each test says so.
            return;
        }

        _servers.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartRedisAsync())));
        foreach (var replica in _servers.Skip(1))
        {
            await AskAsync(replica, "REPLICAOF", "127.0.0.1", Text(_servers[0].Port));
        }

        _sentinels.AddRange(await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartSentinelAsync(_servers[0].Port))));
        await WholeAsync();
    }

    public Task DisposeAsync()
    {
        foreach (var server in _servers.Concat(_sentinels))
        {
            server.Dispose();
        }

        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The server that most sentinels call the primary.</summary>
    public async Task<RedisServer> PrimaryAsync()
    {
        var ports = await Task.WhenAll(_sentinels.Select(PrimaryPortAsync));
        var port = ports.GroupBy(port => port).MaxBy(group => group.Count())!.Key;
        return _servers.First(server => server.Port == port);
    }

    /// <summary>Where a sentinel says that the primary is; null if it does not answer.</summary>
    public static async Task<int?> PrimaryPortAsync(RedisServer sentinel) =>
        await AskSentinelAsync(sentinel, "get-master-addr-by-name") is object?[] { Length: 2 } place ? int.Parse((string)place[1]!, CultureInfo.InvariantCulture) : null;

    /// <summary>Whether somebody who is still connected has asked the sentinel for the primary.</summary>
    public static async Task<bool> WasAskedAsync(RedisServer sentinel) =>
        await RedisConsole.TryAskAsAsync(sentinel.Port, SentinelPassword, "CLIENT", "LIST") is string clients
        && clients.Contains("get-master-addr-by-name", StringComparison.Ordinal);

    /// <summary>Has the sentinels put another primary in the place of one that is well.</summary>
    public Task FailOverAsync() => RedisConsole.AskAsAsync(_sentinels[0].Port, SentinelPassword, "SENTINEL", "FAILOVER", MasterName);

    /// <summary>Completes when most sentinels name another primary than this one, and it says so itself.</summary>
    public async Task<RedisServer> ElectedInsteadOfAsync(RedisServer old)
    {
        var elected = old;
        await Eventually.Async(async () => (elected = await PrimaryAsync()) != old && await RoleAsync(elected) == "master");
        return elected;
    }

    /// <summary>Everything runs, every sentinel sees the same, and both replicas follow the primary: the next one may be killed.</summary>
    public async Task WholeAsync()
    {
        ServerPool.SkipIfMissing(ServerKind.Redis);
        foreach (var server in _servers.Concat(_sentinels))
        {
            await server.ReviveAsync();
        }

        await Eventually.Async(async () =>
        {
            var primary = await PrimaryAsync();
            var sentinels = await Task.WhenAll(_sentinels.Select(async sentinel =>
                await PrimaryPortAsync(sentinel) == primary.Port && await StateAsync(sentinel) is ("master", "2", "2")));
            var replicas = await Task.WhenAll(_servers.Where(server => server != primary).Select(FollowsAsync));
            return Array.TrueForAll(sentinels, seen => seen) && Array.TrueForAll(replicas, follows => follows);

            async Task<bool> FollowsAsync(RedisServer replica)
            {
                if (await AskAsync(replica, "ROLE") is object?[] { Length: 5 } role && (long)role[2]! == primary.Port)
                {
                    return (string)role[3]! == "connected";
                }

                // The sentinels would see to it in eight seconds.
                await AskAsync(replica, "REPLICAOF", "127.0.0.1", Text(primary.Port));
                return false;
            }
        });
    }

    /// <summary>The primary by what it says of itself; there must be one alone.</summary>
    public async Task<RedisServer> KnownPrimaryAsync()
    {
        var roles = await Task.WhenAll(_servers.Select(RoleAsync));
        return _servers.Zip(roles).Single(pair => pair.Second == "master").First;
    }

    /// <summary>Completes when both replicas have what the primary has.</summary>
    public Task ReplicatedAsync() => Eventually.Async(async () =>
    {
        var primary = (object?[])(await AskAsync(await PrimaryAsync(), "ROLE"))!;
        return ((object?[])primary[2]!).Cast<object?[]>().Count(replica => (string)replica[2]! == primary[1]!.ToString()) == 2;
    });

    public async Task<string?> RoleAsync(RedisServer server) => await AskAsync(server, "ROLE") is object?[] role ? (string)role[0]! : null;

    public Task<object?> AskAsync(RedisServer server, params string[] command) => RedisConsole.TryAskAsAsync(server.Port, Password, command);

    private static Task<object?> AskSentinelAsync(RedisServer sentinel, string what) =>
        RedisConsole.TryAskAsAsync(sentinel.Port, SentinelPassword, "SENTINEL", what, MasterName);

    private static async Task<(string Flags, string Replicas, string OtherSentinels)> StateAsync(RedisServer sentinel)
    {
        var pairs = await AskSentinelAsync(sentinel, "master") is object?[] reply ? reply.Cast<string>().Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]) : [];
        return (pairs.GetValueOrDefault("flags", ""), pairs.GetValueOrDefault("num-slaves", ""), pairs.GetValueOrDefault("num-other-sentinels", ""));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Task<RedisServer> StartRedisAsync() => RedisServer.StartRedisAsync(
        RedisServer.FreePort(), _folder.FullName, "--requirepass", Password, "--masterauth", Password, "--repl-diskless-sync-delay", "0", "--rdb-del-sync-files", "yes");

    private async Task<RedisServer> StartSentinelAsync(int primary)
    {
        var port = RedisServer.FreePort();
        var file = Path.Combine(_folder.FullName, $"sentinel-{port}.conf");
        await File.WriteAllTextAsync(file, $"""
            requirepass {SentinelPassword}
            sentinel sentinel-pass {SentinelPassword}
            sentinel monitor {MasterName} 127.0.0.1 {primary} 2
            sentinel auth-pass {MasterName} {Password}
            sentinel down-after-milliseconds {MasterName} 500
            sentinel failover-timeout {MasterName} 1000

            """);
        return await RedisServer.StartRedisAsync(port, _folder.FullName, file, "--sentinel");
    }
}
