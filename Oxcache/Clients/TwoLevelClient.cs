using Oxcaching.Local;
using Oxcaching.Recovery;

namespace Oxcaching.Clients;

/// <summary>A client of L1 in front of L2.</summary>
internal sealed class TwoLevelClient(ServiceParts parts, ILocalCache local, GuardedRemote remote) : RemoteClient(parts, remote)
{
    private readonly bool _promoteOnHit = parts.Settings.PromoteOnHit;

    public override CacheType Levels => CacheType.TwoLevel;

    public override ILocalCache Front => local;

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

    protected override void KeepRead<T>(string key, LocalEntry<T> entry, TimeSpan ttl)
    {
        if (_promoteOnHit)
        {
            local.Set(key, entry, ttl);
        }
    }

    protected override bool KeepOwn(string key, LocalEntry entry, TimeSpan ttl)
    {
        local.Set(key, entry, ttl);
        return true;
    }
}
