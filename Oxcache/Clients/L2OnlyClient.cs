using Oxcaching.Local;
using Oxcaching.Recovery;

namespace Oxcaching.Clients;

/// <summary>A client of L2 alone. Where the service has an L1 besides, its writes drop what L1 holds under the key.</summary>
internal sealed class L2OnlyClient(ServiceParts parts, GuardedRemote remote) : RemoteClient(parts, remote)
{
    public override CacheType Levels => CacheType.L2;

    public override ILocalCache? Front => null;

    protected override bool KeepsOwn => false;

    protected override bool KeepsRead => false;

    public override ValueTask SetL1OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        throw new NotSupportedException($"Service '{Service}' has no L1: its cache_type is \"l2\".");

    public override ValueTask SetL2OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        SetAsync(key, value, ttl, ct);
}
