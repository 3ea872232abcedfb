using Oxcaching.Configuration;

namespace Oxcaching.Remote.Topology;

/// <summary>Which topology an address has.</summary>
internal static class Topologies
{
    public static ITopology For(RedisAddress address, TimeSpan connectionTimeout, TimeSpan commandTimeout, TimeProvider time) => address.Mode switch
    {
        RedisMode.Sentinel => new SentinelTopology(address, connectionTimeout, commandTimeout, time),
        RedisMode.Cluster => new ClusterTopology(address),
        _ => new StandaloneTopology(address),
    };
}
