using Microsoft.Extensions.Logging;
using Oxcaching.Tests.Woven;

namespace Oxcaching.Tests.History.Running;

/// <summary>A woven application, whose methods know only the static <see cref="Oxcache"/>: loaded with a cache library of its own.</summary>
/// <remarks>A load context and not a process: one clock, one register and one debugger serve all, and nothing is left running if a test dies.</remarks>
internal sealed class WovenInstance : ICacheInstance
{
    private readonly WovenContext _context;
    private readonly Func<string, CancellationToken, Task<string>> _load;
    private readonly Func<string, CancellationToken, Task<string>> _loadThroughL2;
    private readonly Func<string, Task<string?>> _get;
    private readonly Func<string, string, Task> _set;
    private readonly Func<string, string, Task> _setL2Only;
    private readonly Func<string, Task> _delete;
    private readonly Func<Task> _clear;
    private readonly Func<TimeSpan, Task> _stop;
    private readonly Func<Task> _start;

    private WovenInstance(string configPath, ILoggerFactory logs, QueryBody body, bool unloads)
    {
        _context = new WovenContext(unloads);
        var type = _context.Twin(typeof(WovenApplication));
        Func<string, string, CancellationToken, Task<string>> database = body.Invoke;
        var application = Activator.CreateInstance(type, database)!;
        _load = Method<Func<string, CancellationToken, Task<string>>>(nameof(WovenApplication.LoadAsync), application);
        _loadThroughL2 = Method<Func<string, CancellationToken, Task<string>>>(nameof(WovenApplication.LoadThroughL2Async), application);
        _get = Method<Func<string, Task<string?>>>(nameof(WovenApplication.GetAsync));
        _set = Method<Func<string, string, Task>>(nameof(WovenApplication.SetAsync));
        _setL2Only = Method<Func<string, string, Task>>(nameof(WovenApplication.SetL2OnlyAsync));
        _delete = Method<Func<string, Task>>(nameof(WovenApplication.DeleteAsync));
        _clear = Method<Func<Task>>(nameof(WovenApplication.ClearAsync));
        _stop = Method<Func<TimeSpan, Task>>(nameof(WovenApplication.StopAsync));
        var start = Method<Func<string, ILoggerFactory, Task>>(nameof(WovenApplication.StartAsync));
        _start = () => start(configPath, logs);

        T Method<T>(string name, object? target = null)
            where T : Delegate => type.GetMethod(name)!.CreateDelegate<T>(target);
    }

    /// <summary>The load context.</summary>
    public WeakReference Context => new(_context);

    public static async Task<WovenInstance> StartAsync(string configPath, ILoggerFactory logs, QueryBody body, bool unloads)
    {
        var instance = new WovenInstance(configPath, logs, body, unloads);
        await instance._start();
        return instance;
    }

    public Task<string?> GetAsync(string key) => _get(key);

    public Task<string> LoadAsync(string key) => _load(key, CancellationToken.None);

    public Task<string> LoadThroughL2Async(string key) => _loadThroughL2(key, CancellationToken.None);

    public Task SetAsync(string key, string value) => _set(key, value);

    public Task SetL2OnlyAsync(string key, string value) => _setL2Only(key, value);

    public Task DeleteAsync(string key) => _delete(key);

    public Task ClearAsync() => _clear();

    public async Task RestartAsync(TimeSpan drain)
    {
        await _stop(drain);
        await _start();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop(TimeSpan.FromSeconds(1));
        if (_context.IsCollectible)
        {
            _context.Unload();
        }
    }
}
