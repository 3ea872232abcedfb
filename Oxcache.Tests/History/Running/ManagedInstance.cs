namespace Oxcaching.Tests.History.Running;

/// <summary>A <see cref="CacheManager"/> of its own, called by hand.</summary>
internal sealed class ManagedInstance : ICacheInstance
{
    private readonly CacheManager _manager;
    private readonly ICacheClient _client;
    private readonly ICacheClient _throughL2;
    private readonly QueryBody _body;

    private ManagedInstance(CacheManager manager, QueryBody body)
    {
        _manager = manager;
        _body = body;
        Assert.True(manager.TryGetClient(FleetConfiguration.Service, out var client));
        _client = client;
        _throughL2 = client.Narrow(CacheType.L2)!;
    }

    public static async Task<ManagedInstance> StartAsync(OxcacheOptions options, QueryBody body)
    {
        var manager = new CacheManager(options);
        await manager.WaitForConnectionAsync();
        return new ManagedInstance(manager, body);
    }

    public Task<string?> GetAsync(string key) => _client.GetAsync<string>(key).AsTask();

    public Task<string> LoadAsync(string key) => _client.GetOrSetAsync(key, ct => new ValueTask<string>(_body(key, nameof(CacheType.TwoLevel), ct))).AsTask();

    public Task<string> LoadThroughL2Async(string key) => _throughL2.GetOrSetAsync(key, ct => new ValueTask<string>(_body(key, nameof(CacheType.L2), ct))).AsTask();

    public Task SetAsync(string key, string value) => _client.SetAsync(key, value).AsTask();

    public Task SetL2OnlyAsync(string key, string value) => _client.SetL2OnlyAsync(key, value).AsTask();

    public Task DeleteAsync(string key) => _client.DeleteAsync(key).AsTask();

    public Task ClearAsync() => _client.ClearAsync().AsTask();

    public ValueTask DisposeAsync() => _manager.DisposeAsync();
}
