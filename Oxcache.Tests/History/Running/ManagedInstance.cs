namespace Oxcaching.Tests.History.Running;

/// <summary>A <see cref="CacheManager"/> of its own, called by hand.</summary>
internal sealed class ManagedInstance : ICacheInstance
{
    private readonly OxcacheOptions _options;
    private readonly QueryBody _body;
    private CacheManager _manager = null!;
    private ICacheClient _client = null!;
    private ICacheClient _throughL2 = null!;

    private ManagedInstance(OxcacheOptions options, QueryBody body) => (_options, _body) = (options, body);

    public static async Task<ManagedInstance> StartAsync(OxcacheOptions options, QueryBody body)
    {
        var instance = new ManagedInstance(options, body);
        await instance.StartAsync();
        return instance;
    }

    public Task<string?> GetAsync(string key) => _client.GetAsync<string>(key).AsTask();

    public Task<string> LoadAsync(string key) => _client.GetOrSetAsync(key, ct => new ValueTask<string>(_body(key, nameof(CacheType.TwoLevel), ct))).AsTask();

    public Task<string> LoadThroughL2Async(string key) => _throughL2.GetOrSetAsync(key, ct => new ValueTask<string>(_body(key, nameof(CacheType.L2), ct))).AsTask();

    public Task SetAsync(string key, string value) => _client.SetAsync(key, value).AsTask();

    public Task SetL2OnlyAsync(string key, string value) => _client.SetL2OnlyAsync(key, value).AsTask();

    public Task DeleteAsync(string key) => _client.DeleteAsync(key).AsTask();

    public Task ClearAsync() => _client.ClearAsync().AsTask();

    public async Task RestartAsync(TimeSpan drain)
    {
        await _manager.ShutdownAsync(drain);
        await StartAsync();
    }

    public ValueTask DisposeAsync() => _manager.DisposeAsync();

    private async Task StartAsync()
    {
        _manager = new CacheManager(_options);
        await _manager.WaitForConnectionAsync();
        Assert.True(_manager.TryGetClient(FleetConfiguration.Service, out var client));
        _client = client;
        _throughL2 = client.Narrow(CacheType.L2)!;
    }
}
