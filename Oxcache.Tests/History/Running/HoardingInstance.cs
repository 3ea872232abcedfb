using System.Collections.Concurrent;

namespace Oxcaching.Tests.History.Running;

/// <summary>Keeps the first value that it sees of each key for good: what a cache without coherence does.</summary>
internal sealed class HoardingInstance(ICacheInstance inner) : WrappedInstance(inner)
{
    private readonly ConcurrentDictionary<string, string> _hoard = new();

    public override async Task<string?> GetAsync(string key) => _hoard.TryGetValue(key, out var kept) ? kept : await base.GetAsync(key);

    public override async Task<string> LoadAsync(string key) => _hoard.GetOrAdd(key, await base.LoadAsync(key));
}
