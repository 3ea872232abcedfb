using System.Net;

namespace Oxcaching.Configuration;

/// <summary>What each <c>mode</c> needs of the other keys of <c>[services.NAME.l2]</c>.</summary>
internal sealed class ModeRules(SourceMap? source, ProblemList problems, ProblemList warnings)
{
    public void Check(L2Options remote, RedisConnectionString parsed, string path)
    {
        switch (remote.Mode)
        {
            case RedisMode.Sentinel:
                CheckSentinel(remote.Sentinel, path);
                CheckUnusedEndPoints(remote, parsed, path, "sentinel.nodes");
                break;
            case RedisMode.Cluster:
                Need(remote.Cluster.Nodes.Count > 0, path, "cluster.nodes", "mode \"cluster\" needs some nodes of the cluster: nodes = [\"host:6379\"]");
                CheckDatabase(parsed, path);
                CheckUnusedEndPoints(remote, parsed, path, "cluster.nodes");
                break;
            default:
                CheckEndPoints(parsed, path);
                break;
        }
    }

    private void CheckSentinel(SentinelOptions sentinel, string path)
    {
        Need(
            sentinel.MasterName is not null, path, "sentinel.master_name",
            "mode \"sentinel\" needs the name under which the sentinels know the primary: master_name = \"mymaster\"");
        Need(sentinel.Nodes.Count > 0, path, "sentinel.nodes", "mode \"sentinel\" needs the sentinels: nodes = [\"host:26379\"]");
        if (sentinel.User is not (null or "" or "default") && string.IsNullOrEmpty(sentinel.Password))
        {
            Add($"{path}.sentinel.user", "is given without a password, give it as sentinel.password");
        }
    }

    /// <summary>A missing key is blamed on the mode that needs it.</summary>
    private void Need(bool given, string path, string key, string why)
    {
        if (!given && !problems.Has($"{path}.{key}"))
        {
            problems.Add(source?.Find($"{path}.mode")?.At, $"{path}.{key}", $"is missing, {why}");
        }
    }

    private void CheckEndPoints(RedisConnectionString parsed, string path)
    {
        if (parsed.EndPoints.Count == 0)
        {
            Add($"{path}.connection_string", "no end point, host:port or redis://host:port allowed");
        }
    }

    private void CheckDatabase(RedisConnectionString parsed, string path)
    {
        if (parsed.Database != 0)
        {
            Add($"{path}.connection_string", $"names database {parsed.Database}, a cluster has only database 0");
        }
    }

    /// <summary>The default of the connection string says nothing; whoever gave another host might think that it counts.</summary>
    private void CheckUnusedEndPoints(L2Options remote, RedisConnectionString parsed, string path, string key)
    {
        var stringPath = $"{path}.connection_string";
        IEnumerable<EndPoint?> nodes = remote.Mode == RedisMode.Cluster ? remote.Cluster.Nodes.Select(node => RedisEndPoint.Parse(node, out _)) : [];
        if (remote.ConnectionString != new L2Options().ConnectionString && parsed.EndPoints.Except(nodes).Any())
        {
            warnings.Add(source?.Find(stringPath)?.At, stringPath, $"its end point has no effect: {key} says where");
        }
    }

    private void Add(string path, string text) => problems.Add(source?.Find(path)?.At, path, text);
}
