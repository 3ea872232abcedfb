namespace Oxcaching.Tests.History.Running;

/// <summary>Passes every call on, for tests that change some.</summary>
internal abstract class WrappedInstance(ICacheInstance inner) : ICacheInstance
{
    public virtual Task<string?> GetAsync(string key) => inner.GetAsync(key);

    public virtual Task<string> LoadAsync(string key) => inner.LoadAsync(key);

    public virtual Task<string> LoadThroughL2Async(string key) => inner.LoadThroughL2Async(key);

    public virtual Task SetAsync(string key, string value) => inner.SetAsync(key, value);

    public virtual Task SetL2OnlyAsync(string key, string value) => inner.SetL2OnlyAsync(key, value);

    public virtual Task DeleteAsync(string key) => inner.DeleteAsync(key);

    public virtual Task ClearAsync() => inner.ClearAsync();

    public virtual Task RestartAsync(TimeSpan drain) => inner.RestartAsync(drain);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
