namespace Oxcaching.Tests.History.Running;

/// <summary>Says that it has deleted, and has not.</summary>
internal sealed class ForgetfulInstance(ICacheInstance inner) : ICacheInstance
{
    public Task<string?> GetAsync(string key) => inner.GetAsync(key);

    public Task<string> LoadAsync(string key) => inner.LoadAsync(key);

    public Task<string> LoadThroughL2Async(string key) => inner.LoadThroughL2Async(key);

    public Task SetAsync(string key, string value) => inner.SetAsync(key, value);

    public Task SetL2OnlyAsync(string key, string value) => inner.SetL2OnlyAsync(key, value);

    public Task DeleteAsync(string key) => Task.CompletedTask;

    public Task ClearAsync() => inner.ClearAsync();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
