using Oxcaching.Flights;
using Oxcaching.Local;

namespace Oxcaching.Clients;

/// <summary>A client of L1 alone.</summary>
internal sealed class L1OnlyClient(ServiceParts parts, ILocalCache local) : CacheClient(parts)
{
    private readonly LocalLocks _locks = new(parts.Time);

    public override CacheType Levels => CacheType.L1;

    public override ILocalCache Front => local;

    public override ValueTask SetL1OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        SetAsync(key, value, ttl, ct);

    public override ValueTask SetL2OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        throw new NotSupportedException($"Service '{Service}' has no L2: its cache_type is \"l1\".");

    public override ValueTask ClearAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        Claims.OvertakeAll();
        local.Clear();
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<T> FlyAsync<T>(Flight<T> flight, CancellationToken cancellationToken)
    {
        Parts.Events.Load();
        var value = await flight.InvokeBodyAsync(cancellationToken).ConfigureAwait(false);
        if (value is not null || flight.Terms.CacheNull)
        {
            using var scope = Claims.Enter(flight);
            scope.Remove(flight);
            if (!flight.IsOvertaken)
            {
                Parts.Memory.Store(in scope, new LocalEntry<T>(value, flight.TaskToKeep(value)), LocalTtl(flight.Terms.Ttl));
            }
        }

        return value;
    }

    protected override ValueTask<TAnswer> ReadAsync<T, TAnswer, TShape>(string key, CancellationToken cancellationToken) => new(TShape.To(CacheLookup<T>.Miss));

    protected override ValueTask WriteAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        using var scope = Claims.Enter(key);
        scope.Overtake();
        Parts.Memory.Store(in scope, new LocalEntry<T>(value), LocalTtl(ttl));
        return ValueTask.CompletedTask;
    }

    protected override ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        using var scope = Claims.Enter(key);
        scope.Overtake();
        return new(local.Remove(key));
    }

    protected override async ValueTask WriteManyAsync<T>(IReadOnlyDictionary<string, T> values, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        foreach (var (key, value) in values)
        {
            await (IsStored(value) ? WriteAsync(key, value, ttl, cancellationToken) : new(RemoveAsync(key, cancellationToken).AsTask())).ConfigureAwait(false);
        }
    }

    protected override async ValueTask<int> RemoveManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var key in keys)
        {
            removed += await RemoveAsync(key, cancellationToken).ConfigureAwait(false) ? 1 : 0;
        }

        return removed;
    }

    protected override ValueTask<IAsyncDisposable?> LockAsync(string key, TimeSpan ttl, CancellationToken cancellationToken) =>
        new(_locks.TryTake(key, ttl));

    protected override ValueTask<bool> ContainsAsync(string key, CancellationToken cancellationToken) => new(false);
}
