using Oxcaching.Local;
using Oxcaching.Recovery;

namespace Oxcaching.Clients;

/// <summary>A client of L1 in front of L2.</summary>
internal sealed class TwoLevelClient(ServiceParts parts, ILocalCache local, GuardedRemote remote) : RemoteClient(parts, remote)
{
    public override CacheType Levels => CacheType.TwoLevel;

    public override ILocalCache Front => local;

    protected override bool KeepsOwn => true;

    protected override bool KeepsRead { get; } = parts.Settings.PromoteOnHit;

    /// <summary>The same service through L1 alone.</summary>
    public L1OnlyClient L1 { get; } = new(parts, local);

    /// <summary>The same service through L2 alone.</summary>
    public L2OnlyClient L2 { get; } = new(parts, remote);

    public override CacheClient Narrow(CacheType cacheType) => cacheType switch
    {
        CacheType.L1 => L1,
        CacheType.L2 => L2,
        _ => this,
    };

    public override ValueTask SetL1OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        L1.SetAsync(key, value, ttl, ct);

    public override ValueTask SetL2OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default) =>
        L2.SetAsync(key, value, ttl, ct);
}
