using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Writes;

/// <summary>A redis-server that is full and evicts nothing.</summary>
public sealed class FullRedisTests : IAsyncLifetime
{
    private readonly string _prefix = Caches.NewPrefix();
    private RedisServer? _server;

    public async Task InitializeAsync()
    {
        if (RedisServer.Missing(ServerKind.Redis) is null)
        {
            _server = await RedisServer.StartAsync(ServerKind.Redis);
        }
    }

    public Task DisposeAsync()
    {
        _server?.Dispose();
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task A_set_that_has_no_room_removes_what_stood_there_and_arrives_when_there_is_room()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await one.Things().SetAsync("k", "old");
        Assert.Equal("old", await other.Things().GetAsync<string>("k"));
        await LimitMemoryAsync("1");
        await one.Things().SetAsync("k", "new");

        Assert.Equal("new", await one.Things().GetAsync<string>("k"));
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") is null);
        Assert.Equal(0L, await RedisConsole.AskAsync(_server!.Port, "EXISTS", $"{_prefix}:{Caches.Service}:k"));

        await LimitMemoryAsync("0");
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") == "new");
    }

    [SkippableFact]
    public async Task A_delete_works()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await one.Things().SetAsync("k", "old");
        Assert.Equal("old", await other.Things().GetAsync<string>("k"));
        await LimitMemoryAsync("1");

        Assert.True(await one.Things().DeleteAsync("k"));
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") is null);
        Assert.False(await other.Things().ExistsAsync("k"));
    }

    [SkippableFact]
    public async Task A_clear_works()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await one.Things().SetAsync("k", "old");
        Assert.Equal("old", await other.Things().GetAsync<string>("k"));
        await LimitMemoryAsync("1");

        await one.Things().ClearAsync();
        await Eventually.Async(async () => await other.Things().GetAsync<string>("k") is null);
    }

    [SkippableFact]
    public async Task A_load_answers_and_stores_nothing_that_a_delete_could_miss()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await LimitMemoryAsync("1");

        Assert.Equal("v", await one.Things().GetOrSetAsync("k", _ => new ValueTask<string>("v")));
        await one.WhenIdleAsync();
        await other.Things().DeleteAsync("k");
        await Eventually.Async(async () => await one.Things().GetAsync<string>("k") is null);
    }

    private Task<CacheManager> StartAsync()
    {
        ServerPool.SkipIfMissing(ServerKind.Redis);
        return Caches.TwoLevel(_server!.Url, _prefix).StartAsync();
    }

    private Task LimitMemoryAsync(string bytes) => RedisConsole.AskAsync(_server!.Port, "CONFIG", "SET", "maxmemory", bytes);
}
