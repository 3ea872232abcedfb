using System.Collections.Concurrent;

namespace Oxcaching.Tests.History.Running;

/// <summary>Keeps the first value that it sees of each key for good: what a cache without coherence does.</summary>
internal sealed class HoardingInstance(ICacheInstance inner) : ICacheInstance
{
    private readonly ConcurrentDictionary<string, string> _hoard = new();

    public async Task<string?> GetAsync(string key) => _hoard.TryGetValue(key, out var kept) ? kept : await inner.GetAsync(key);

    public async Task<string> LoadAsync(string key) => _hoard.GetOrAdd(key, await inner.LoadAsync(key));

    public Task<string> LoadThroughL2Async(string key) => inner.LoadThroughL2Async(key);

    public Task SetAsync(string key, string value) => inner.SetAsync(key, value);

    public Task SetL2OnlyAsync(string key, string value) => inner.SetL2OnlyAsync(key, value);

    public Task DeleteAsync(string key) => inner.DeleteAsync(key);

    public Task ClearAsync() => inner.ClearAsync();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
