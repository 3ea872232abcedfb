namespace Oxcaching.Tests.History.Running;

/// <summary>Keeps calls and restarts of an instance apart: a process that is not there is not called.</summary>
internal sealed class GatedInstance(ICacheInstance inner) : WrappedInstance(inner), IDisposable
{
    /// <summary>More than call it at once.</summary>
    private const int Places = 32;

    private readonly SemaphoreSlim _places = new(Places);

    public override Task<string?> GetAsync(string key) => CallAsync(() => base.GetAsync(key));

    public override Task<string> LoadAsync(string key) => CallAsync(() => base.LoadAsync(key));

    public override Task<string> LoadThroughL2Async(string key) => CallAsync(() => base.LoadThroughL2Async(key));

    public override Task SetAsync(string key, string value) => CallAsync(() => base.SetAsync(key, value));

    public override Task SetL2OnlyAsync(string key, string value) => CallAsync(() => base.SetL2OnlyAsync(key, value));

    public override Task DeleteAsync(string key) => CallAsync(() => base.DeleteAsync(key));

    public override Task ClearAsync() => CallAsync(base.ClearAsync);

    public override async Task RestartAsync(TimeSpan drain)
    {
        for (var i = 0; i < Places; i++)
        {
            await _places.WaitAsync();
        }

        await base.RestartAsync(drain);
        _places.Release(Places);
    }

    public void Dispose() => _places.Dispose();

    private Task CallAsync(Func<Task> call) => CallAsync(async () =>
    {
        await call();
        return true;
    });

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        await _places.WaitAsync();
        try
        {
            return await call();
        }
        finally
        {
            _places.Release();
        }
    }
}
