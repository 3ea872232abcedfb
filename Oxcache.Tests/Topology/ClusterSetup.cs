using System.Globalization;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Topology;

/// <summary>A cluster of three primaries with a replica each, as real processes; one primary without another serves its own keys.</summary>
public sealed class ClusterSetup : IAsyncLifetime
{
    private const int Primaries = 3;
    private const int SlotCount = 16384;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-cluster-");
    private readonly List<RedisServer> _servers = [];

    public IReadOnlyList<RedisServer> Servers => _servers;

    /// <summary>Two of the six: the others have to be found.</summary>
    public IReadOnlyList<string> Nodes => [.. _servers.Take(2).Select(server => $"127.0.0.1:{server.Port}")];

    public async Task InitializeAsync()
    {
        if (RedisServer.Missing(ServerKind.Redis) is not null)
        {
            // Each test says so.
            return;
        }

        _servers.AddRange(await Task.WhenAll(Enumerable.Range(0, 2 * Primaries).Select(_ => StartNodeAsync())));
        for (var i = 0; i < Primaries; i++)
        {
            await AskAsync(_servers[i], "CLUSTER", "ADDSLOTSRANGE", Text(SlotCount * i / Primaries), Text((SlotCount * (i + 1) / Primaries) - 1));
            await AskAsync(_servers[i], "CLUSTER", "SET-CONFIG-EPOCH", Text(i + 1));
        }

        foreach (var server in _servers)
        {
            await MeetAsync(server);
        }

        for (var i = 0; i < Primaries; i++)
        {
            await ReplicateAsync(_servers[Primaries + i], _servers[i]);
        }

        await WholeAsync();
    }

    public Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    public static Task<object?> AskAsync(RedisServer server, params string[] command) => RedisConsole.AskAsync(server.Port, command);

    /// <summary>Every node runs and every replica follows its primary: the next one may be killed.</summary>
    public async Task WholeAsync()
    {
        ServerPool.SkipIfMissing(ServerKind.Redis);
        foreach (var server in _servers)
        {
            await server.ReviveAsync();
        }

        try
        {
            await Eventually.Async(async () =>
            {
                await GiveBackLostSlotsAsync();
                return await IsWholeAsync();
            });
        }
        catch (Exception e)
        {
            var views = await Task.WhenAll(_servers.Select(server => RedisConsole.TryAskAsync(server.Port, "CLUSTER", "NODES")));
            throw new InvalidOperationException("What the nodes know of each other:\n" + string.Join("\n", views), e);
        }
    }

    /// <summary>The primary that has a key.</summary>
    public async Task<RedisServer> PrimaryOfAsync(string redisKey)
    {
        var slot = (int)(long)(await AskAsync(_servers[0], "CLUSTER", "KEYSLOT", redisKey))!;
        var view = await ViewAsync(_servers[0]);
        return _servers.First(server => server.Port == view.First(node => node.Has(slot)).Port);
    }

    /// <summary>Completes when another node has the slots of this one, and all others know.</summary>
    public async Task ElectedInsteadOfAsync(RedisServer old)
    {
        var others = _servers.Where(server => server != old).ToList();
        await Eventually.Async(async () =>
        {
            var views = await Task.WhenAll(others.Select(ViewAsync));
            return Array.TrueForAll(views, view => view.Where(node => node.Port != old.Port).Sum(node => node.SlotCount) == SlotCount);
        });
    }

    /// <summary>A primary and its replica.</summary>
    public async Task<IReadOnlyList<RedisServer>> ShardOfAsync(RedisServer primary)
    {
        var id = await IdAsync(primary);
        var view = await ViewAsync(primary);
        return [primary, _servers.Single(server => server.Port == view.Single(node => node.PrimaryId == id).Port)];
    }

    /// <summary>Completes when every replica has what its primary has.</summary>
    public Task ReplicatedAsync() => Eventually.Async(async () =>
    {
        var roles = (await Task.WhenAll(_servers.Select(server => AskAsync(server, "ROLE")))).Cast<object?[]>();
        return roles.Where(role => (string)role[0]! == "master")
            .All(role => ((object?[])role[2]!).Cast<object?[]>().Any(replica => (string)replica[2]! == role[1]!.ToString()));
    });

    /// <summary>Moves the slots of those keys that one node has to another, as a resharding does.</summary>
    /// <returns>The slots.</returns>
    public async Task<IReadOnlyList<int>> MoveSlotsAsync(IEnumerable<string> redisKeys, RedisServer from, RedisServer to)
    {
        var (fromId, toId) = (await IdAsync(from), await IdAsync(to));
        var own = (await ViewAsync(from)).Single(node => node.Port == from.Port);
        var slots = new List<int>();
        foreach (var key in redisKeys)
        {
            slots.Add((int)(long)(await AskAsync(from, "CLUSTER", "KEYSLOT", key))!);
        }

        slots = [.. slots.Distinct().Where(own.Has)];
        foreach (var slot in slots.Select(Text))
        {
            await AskAsync(to, "CLUSTER", "SETSLOT", slot, "IMPORTING", fromId);
            await AskAsync(from, "CLUSTER", "SETSLOT", slot, "MIGRATING", toId);
            while (await AskAsync(from, "CLUSTER", "GETKEYSINSLOT", slot, "10") is object?[] { Length: > 0 } keys)
            {
                await AskAsync(from, ["MIGRATE", "127.0.0.1", Text(to.Port), "", "0", "2000", "KEYS", .. keys.Cast<string>()]);
            }

            await AskAsync(to, "CLUSTER", "SETSLOT", slot, "NODE", toId);

            // It may know already, and with its last slot gone be a replica, which is not to be told.
            await RedisConsole.TryAskAsync(from.Port, "CLUSTER", "SETSLOT", slot, "NODE", toId);
        }

        return slots;
    }

    /// <summary>A further node, which has no slots yet.</summary>
    public async Task<RedisServer> JoinAsync()
    {
        var server = await StartNodeAsync();
        await MeetAsync(server);
        await Eventually.Async(async () =>
        {
            var views = await Task.WhenAll(_servers.Append(server).Select(ViewAsync));
            return Array.TrueForAll(views, view => view.Count(node => node.IsWell) > _servers.Count) && await IsServingAsync(server);
        });
        return server;
    }

    /// <summary>Takes a node that joined out again.</summary>
    public async Task ForgetAsync(RedisServer added)
    {
        var id = await IdAsync(added);
        added.Kill();
        foreach (var server in _servers)
        {
            await AskAsync(server, "CLUSTER", "FORGET", id);
        }
    }

    /// <summary>After a move a late word of the former owner may make a node think that a slot is not its own, though all others think so.</summary>
    private async Task GiveBackLostSlotsAsync()
    {
        var views = await Task.WhenAll(_servers.Select(ViewAsync));
        foreach (var (server, view) in _servers.Zip(views))
        {
            var ofOthers = views.Where(other => other != view && other.Count > 0).Select(other => other.FirstOrDefault(node => node.Port == server.Port)).ToList();
            if (view.FirstOrDefault(node => node.Port == server.Port) is not { IsPrimary: true } own || !ofOthers.TrueForAll(node => node?.SlotCount > own.SlotCount))
            {
                continue;
            }

            var id = await IdAsync(server);
            foreach (var slot in Enumerable.Range(0, SlotCount).Where(slot => !own.Has(slot) && ofOthers.TrueForAll(node => node!.Has(slot))))
            {
                await AskAsync(server, "CLUSTER", "SETSLOT", Text(slot), "NODE", id);
            }
        }
    }

    private async Task<bool> IsWholeAsync()
    {
        var views = await Task.WhenAll(_servers.Select(ViewAsync));
        var links = await Task.WhenAll(_servers.Select(async server => await RedisConsole.TryAskAsync(server.Port, "ROLE") is object?[] role
            && ((string)role[0]! == "master" || (string)role[3]! == "connected")));
        var serving = await Task.WhenAll(_servers.Select(IsServingAsync));
        return Array.TrueForAll(links, link => link) && Array.TrueForAll(serving, yes => yes) && Array.TrueForAll(views, view => view.Count == _servers.Count
            && view.All(node => node.IsWell) && view.Count(node => !node.IsPrimary) == Primaries && view.Sum(node => node.SlotCount) == SlotCount);
    }

    private static async Task<string> IdAsync(RedisServer server) => (string)(await AskAsync(server, "CLUSTER", "MYID"))!;

    private static async Task<IReadOnlyList<ClusterNodeLine>> ViewAsync(RedisServer server) =>
        await RedisConsole.TryAskAsync(server.Port, "CLUSTER", "NODES") is string text
            ? [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ClusterNodeLine.Parse)]
            : [];

    /// <summary>A node that has just come answers CLUSTERDOWN for a while.</summary>
    private static async Task<bool> IsServingAsync(RedisServer server) =>
        await RedisConsole.TryAskAsync(server.Port, "CLUSTER", "INFO") is string info && info.StartsWith("cluster_state:ok", StringComparison.Ordinal);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task MeetAsync(RedisServer server)
    {
        var busPort = (await ViewAsync(_servers[0]))[0].BusPort;
        await AskAsync(server, "CLUSTER", "MEET", "127.0.0.1", Text(_servers[0].Port), busPort);
    }

    /// <summary>Refused until the two know each other.</summary>
    private static async Task ReplicateAsync(RedisServer replica, RedisServer primary)
    {
        var id = await IdAsync(primary);
        await Eventually.Async(async () => await RedisConsole.TryAskAsync(replica.Port, "CLUSTER", "REPLICATE", id) is not null);
    }

    private Task<RedisServer> StartNodeAsync()
    {
        var port = RedisServer.FreePort();
        return RedisServer.StartRedisAsync(
            port, _folder.FullName, "--cluster-enabled", "yes", "--cluster-port", Text(RedisServer.FreePort()), "--cluster-config-file", $"nodes-{port}.conf",
            "--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no", "--repl-diskless-sync-delay", "0", "--rdb-del-sync-files", "yes");
    }
}
