using Oxcaching.Tests.Servers;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>A server, and on it what is to be compared.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);

    private readonly RedisServer _server;
    private readonly CacheManager _manager;

    private Rig(RedisServer server, CacheManager manager, Raw raw, Profile[] values)
    {
        (_server, _manager, Raw) = (server, manager, raw);
        Single = new Ours(manager.GetClient("single"), values);
        Batched = new Ours(manager.GetClient("batched"), values);
    }

    public string Url => _server.Url;

    /// <summary>Through L2 alone.</summary>
    public Ours Single { get; }

    /// <summary>The same in batches.</summary>
    public Ours Batched { get; }

    public Raw Raw { get; }

    public static async Task<Rig> StartAsync(ServerKind kind, int keys)
    {
        var server = await RedisServer.StartAsync(kind);
        var manager = new CacheManager(new OxcacheOptions
        {
            Services = { ["single"] = Service(server.Url, CacheType.L2), ["batched"] = Service(server.Url, CacheType.TwoLevel, batches: true) },
        });
        await manager.WaitForConnectionAsync();
        Profile[] values = [.. Enumerable.Range(0, keys).Select(Profile.Of)];
        string[] records = [.. Enumerable.Range(0, keys).Select(i => $"oxcache:single:{Ours.Key(i)}")];
        var raw = await Raw.ConnectAsync($"127.0.0.1:{server.Port}", records, values);
        var rig = new Rig(server, manager, raw, values);
        for (var i = 0; i < keys; i++)
        {
            await rig.Single.SetAsync(i);
            await rig.Raw.SetAsync(i);
        }

        return rig;
    }

    /// <summary>A service as the comparison has it. A machine that is busy must not count as a Redis that is down.</summary>
    public static ServiceOptions Service(string url, CacheType type, bool batches = false) => new()
    {
        CacheType = type,
        Ttl = Ttl,
        L2 = { ConnectionString = url, CommandTimeout = TimeSpan.FromSeconds(5) },
        TwoLevel = { EnableBatchWrite = batches },
    };

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        Raw.Close();
        _server.Dispose();
    }
}
