namespace Oxcaching;

/// <summary>Where the sentinels are, <c>[services.NAME.l2.sentinel]</c> in the file.</summary>
public sealed class SentinelOptions
{
    /// <summary>The name under which the sentinels know the primary. Default: null.</summary>
    public string? MasterName { get; set; }

    /// <summary>The sentinels, each <c>host:port</c> (port 26379 if left out). Default: none.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public IList<string> Nodes
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = [];

    /// <summary>The sentinels' own user, with StackExchange.Redis 2.x or later. Default: null, the default user.</summary>
    public string? User { get; set; }

    /// <summary>The sentinels' own password. Default: null, none; empty is none as well.</summary>
    public string? Password { get; set; }
}
