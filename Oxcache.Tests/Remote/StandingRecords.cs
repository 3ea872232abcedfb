using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Remote;

/// <summary>A cache, and a hand in its Redis.</summary>
internal sealed class StandingRecords : IAsyncDisposable
{
    /// <summary>A head that stands nowhere.</summary>
    public static readonly Head SomeLease = new(1_700_000_000_000_001, RecordKind.Lease, 1, 1_700_000_000_000_001, 0);

    /// <summary>A call to Redis was refused.</summary>
    private const int RemoteRefused = 12;

    private readonly CacheManager _manager;
    private readonly ConnectionMultiplexer _redis;
    private readonly LogCollector _logs;
    private readonly string _url;
    private readonly string _prefix;

    private StandingRecords(CacheManager manager, ConnectionMultiplexer redis, LogCollector logs, string url, string prefix) =>
        (_manager, _redis, _logs, _url, _prefix) = (manager, redis, logs, url, prefix);

    public ICacheClient Things => _manager.Things();

    public GuardedRemote Remote => _manager.Parts[0].Remote!;

    public IDatabase Database => _redis.GetDatabase();

    /// <summary>How often Redis was logged to have refused a call.</summary>
    public int Complaints => _logs.Texts(RemoteRefused).Count;

    public static async Task<StandingRecords> StartAsync(ServerKind kind) => await StartAsync(await ServerPool.UrlAsync(kind));

    public static async Task<StandingRecords> StartAsync(string url)
    {
        var options = Caches.TwoLevel(url);
        var redis = await ConnectionMultiplexer.ConnectAsync(url["redis://".Length..]);
        return new StandingRecords(await options.StartAsync(), redis, (LogCollector)options.LoggerFactory!, url, options.KeyPrefix);
    }

    public string Prefix => _prefix;

    public RedisKey RedisKey(string key) => $"{_prefix}:{Caches.Service}:{key}";

    public Task SettledAsync() => _manager.WhenIdleAsync();

    /// <summary>The head that stands at a key.</summary>
    public async Task<Head> HeadAsync(string key)
    {
        Assert.True(Head.TryParse((byte[]?)await Database.StringGetAsync(RedisKey(key)), out var head));
        return head;
    }

    /// <summary>What an instance with nothing in its memory reads.</summary>
    public async Task<string?> ReadAfreshAsync(string key)
    {
        await using var other = await Caches.Remote(_url, _prefix).StartAsync();
        return await other.Things().GetAsync<string>(key);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        await _redis.CloseAsync();
        _redis.Dispose();
    }
}
