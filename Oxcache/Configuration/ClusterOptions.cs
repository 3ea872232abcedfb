namespace Oxcaching;

/// <summary>Where the cluster is, <c>[services.NAME.l2.cluster]</c> in the file.</summary>
public sealed class ClusterOptions
{
    /// <summary>Some of its nodes, each <c>host:port</c> (port 6379 if left out). Default: none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IList<string> Nodes
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = [];
}
