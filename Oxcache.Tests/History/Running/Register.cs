using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Oxcaching.Tests.History.Running;

/// <summary>The source of truth behind the caches: a version per key, which only grows.</summary>
internal sealed class Register
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _versions = new();

    public long Read(string key) => Volatile.Read(ref Version(key));

    public long Bump(string key) => Interlocked.Increment(ref Version(key));

    private ref long Version(string key) => ref _versions.GetOrAdd(key, _ => new StrongBox<long>(0)).Value;
}
