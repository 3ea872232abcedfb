using System.Security.Authentication;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Finds out what a server, or what stands in its place, means by an error, and says it in a sentence with the way out.</summary>
/// <remarks>Servers of one version say the same in other words than those of the next: what they have in common is looked for.</remarks>
internal static partial class RemoteLimits
{
    private const string NotToReplica = "No connection (requires writable - not eligible for replica)";

    private const string Grants = "+get +getrange +set +setrange +psetex +pttl +del +scan +time +ping +echo +select +client|setname";

    /// <summary>The first of these that the error's text, or that of one behind it, has in it.</summary>
    private static readonly (string Text, RemoteLimit Limit)[] Signs =
    [
        ("unknown command", RemoteLimit.Commands),
        ("disabled in the command-map", RemoteLimit.Commands),
        ("NOPERM", RemoteLimit.Commands),
        ("ACL failure", RemoteLimit.Commands),
        ("The user executing the script can't", RemoteLimit.Commands),
        ("Lua scripting is", RemoteLimit.Scripts),
        ("OOM ", RemoteLimit.Full),
        ("READONLY", RemoteLimit.ReadOnly),
        ("MISCONF", RemoteLimit.Unsaved),
        ("NOREPLICAS", RemoteLimit.Replicas),
        ("LOADING", RemoteLimit.Loading),
        ("BUSY ", RemoteLimit.Busy),
        ("CLUSTERDOWN", RemoteLimit.Cluster),
        ("MASTERDOWN", RemoteLimit.Primary),
        ("NOAUTH", RemoteLimit.Credentials),
        ("WRONGPASS", RemoteLimit.Credentials),
        ("invalid password", RemoteLimit.Credentials),
        ("invalid username-password", RemoteLimit.Credentials),
        ("AUTH <password> called without any password", RemoteLimit.Credentials),
        ("DENIED", RemoteLimit.Protected),
        ("max number of clients", RemoteLimit.Connections),
        ("DB index is out of range", RemoteLimit.Database),
        ("database does not exist", RemoteLimit.Database),
        ("RESP protocol failure", RemoteLimit.Protocol),
        ("Name or service not known", RemoteLimit.Name),
        ("No such host is known", RemoteLimit.Name),
        ("nodename nor servname", RemoteLimit.Name),
    ];

    /// <summary>What the error means; None: nothing of the kind.</summary>
    public static RemoteLimit Of(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause is AggregateException several ? several.InnerExceptions[^1] : cause.InnerException)
        {
            if (OfOne(cause) is not RemoteLimit.None and var limit)
            {
                return limit;
            }
        }

        return RemoteLimit.None;
    }

    /// <summary>What is wrong, and what to do.</summary>
    /// <param name="limit">What is wrong.</param>
    /// <param name="target">Where.</param>
    /// <param name="message">The server's own words, of which only the name of a command is taken: the rest may show what was sent.</param>
    public static string Sentence(RemoteLimit limit, object target, string message = "") => limit switch
    {
        RemoteLimit.Messages => $"Redis {target} does not let this user publish and subscribe on the cache's channel: instances do not hear of each other's changes, "
            + "and L1 keeps nothing longer than coherence_max_age. Grant it +publish +subscribe and the channel (&{key_prefix}:*).",
        RemoteLimit.Full => $"Redis {target} is full (OOM) and takes no values: raise its maxmemory, or set a maxmemory-policy that evicts, such as allkeys-lfu.",
        RemoteLimit.Scripts => $"Redis {target} does not let this user run scripts: grant it +eval +evalsha +script|load, or use a server that has them.",
        RemoteLimit.Keys => $"Redis {target} does not let this user touch the cache's keys: grant it ~{{key_prefix}}:*.",
        RemoteLimit.Commands => $"Redis {target} does not let this user run {Command(message)}: grant it {Grants}.",
        RemoteLimit.Database => $"Redis {target} has no such database: name another in the connection string, or raise the server's databases.",
        RemoteLimit.ReadOnly => $"Redis {target} is a read-only replica (READONLY): give the address of the primary.",
        RemoteLimit.Unsaved => $"Redis {target} takes no writes since it cannot save them (MISCONF): mend its disk, or set stop-writes-on-bgsave-error no.",
        RemoteLimit.Replicas => $"Redis {target} takes no writes since too few replicas are connected (NOREPLICAS): see its min-replicas-to-write.",
        RemoteLimit.Loading => $"Redis {target} is loading its data (LOADING).",
        RemoteLimit.Busy => $"Redis {target} runs a script that does not end (BUSY): SCRIPT KILL ends it.",
        RemoteLimit.Cluster => $"Redis {target}: the cluster does not serve the key (CLUSTERDOWN).",
        RemoteLimit.Primary => $"Redis {target} is a replica that has lost its primary (MASTERDOWN).",
        RemoteLimit.Credentials => $"Redis {target} refuses the user or the password (AuthenticationFailure): see connection_string and password.",
        RemoteLimit.Protected => $"Redis {target} is in protected mode and takes no connections from other machines: give it a password, or set protected-mode no.",
        RemoteLimit.Connections => $"Redis {target} has as many connections as it may: raise its maxclients.",
        RemoteLimit.Protocol => $"What answers at {target} is not a Redis, or speaks TLS where enable_tls is off: see host, port and enable_tls.",
        RemoteLimit.Tls => $"No TLS with {target}: it has none, or its certificate is not trusted here. See enable_tls, or trust it in ConfigureClient.",
        RemoteLimit.Name => $"The name of {target} is not known to this machine's DNS.",
        _ => throw new ArgumentOutOfRangeException(nameof(limit)),
    };

    private static RemoteLimit OfOne(Exception cause) => cause switch
    {
        AuthenticationException => RemoteLimit.Tls,

        // The client's own words, with the key in them, which may be anything.
        RedisConnectionException or TimeoutException =>
            cause.Message.StartsWith(NotToReplica, StringComparison.Ordinal) ? RemoteLimit.ReadOnly : RemoteLimit.None,
        _ => Of(cause.Message),
    };

    /// <summary>What a server's own words mean; None: nothing of the kind.</summary>
    public static RemoteLimit Of(string message)
    {
        var sign = Array.Find(Signs, sign => message.Contains(sign.Text, StringComparison.Ordinal));
        return sign.Limit == RemoteLimit.Commands ? Refused(message) : sign.Limit;
    }

    private static RemoteLimit Refused(string message) =>
        message.Contains("channel", StringComparison.Ordinal) || MessageCommand().IsMatch(message) ? RemoteLimit.Messages
        : ScriptCommand().IsMatch(message) ? RemoteLimit.Scripts
        : message.Contains(" key", StringComparison.Ordinal) ? RemoteLimit.Keys
        : RemoteLimit.Commands;

    private static string Command(string message) => AnyCommand().Match(message) is { Success: true } match ? match.Groups[1].Value.ToUpperInvariant() : "a command that the cache's scripts need";

    [GeneratedRegex("(['`]|used: )(publish|subscribe|unsubscribe)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex MessageCommand();

    [GeneratedRegex("(['`]|used: )(eval|evalsha|script)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptCommand();

    [GeneratedRegex("['`]([A-Za-z|]{2,24})['`]")]
    private static partial Regex AnyCommand();
}
