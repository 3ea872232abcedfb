using System.Text.RegularExpressions;

namespace Oxcaching.Diagnostics;

/// <summary>What a server, or what stands in its place, means by the text of an error, in a sentence with the way out.</summary>
/// <remarks>Servers of one version say the same in other words than those of the next: what they have in common is looked for.</remarks>
internal static partial class RemoteLimits
{
    public const string Full = "is full (OOM) and takes no values: raise its maxmemory, or set a maxmemory-policy that evicts, such as allkeys-lfu.";
    public const string NoTls = "does not agree on TLS: it has none, or its certificate is not trusted here. See enable_tls, or trust it in ConfigureClient.";

    public const string ReadOnly = "is a read-only replica (READONLY): give the address of the primary.";
    private const string Credentials = "refuses the user or the password (AuthenticationFailure): see connection_string and password.";
    private const string NoDatabase = "has no such database: name another in the connection string, or raise the server's databases.";
    private const string NoName = "has a name that is not known to this machine's DNS.";
    private const string NoMessages = "does not let this user publish and subscribe on the cache's channel: instances do not hear of each other's changes, "
        + "and L1 keeps nothing longer than coherence_max_age. Grant it +publish +subscribe and the channel (&{key_prefix}:*).";

    private const string NoScripts = "does not let this user run scripts: grant it +eval +evalsha +script|load, or use a server that has them.";
    private const string NoKeys = "does not let this user touch the cache's keys: grant it ~{key_prefix}:*.";
    private const string Grants = "+get +getrange +set +setrange +psetex +pttl +del +scan +time +ping +echo +select";

    /// <summary>What the texts of errors have in them, and what that means; no sentence: the rest of the text tells.</summary>
    private static readonly (string Text, RemoteLimit Limit, string? Sentence)[] Signs =
    [
        ("unknown command", RemoteLimit.Lasting, null),
        ("disabled in the command-map", RemoteLimit.Lasting, null),
        ("NOPERM", RemoteLimit.Lasting, null),
        ("ACL failure", RemoteLimit.Lasting, null),
        ("The user executing the script can't", RemoteLimit.Lasting, null),
        ("Lua scripting is", RemoteLimit.Lasting, NoScripts),
        ("OOM ", RemoteLimit.Full, Full),
        ("READONLY", RemoteLimit.Passing, ReadOnly),
        ("MISCONF", RemoteLimit.Lasting, "takes no writes since it cannot save them (MISCONF): mend its disk, or set stop-writes-on-bgsave-error no."),
        ("NOREPLICAS", RemoteLimit.Passing, "takes no writes since too few replicas are connected (NOREPLICAS): see its min-replicas-to-write."),
        ("LOADING", RemoteLimit.Passing, "is loading its data (LOADING)."),
        ("BUSY ", RemoteLimit.Passing, "runs a script that does not end (BUSY): SCRIPT KILL ends it."),
        ("CLUSTERDOWN", RemoteLimit.Passing, "is in a cluster that does not serve the key (CLUSTERDOWN)."),
        ("MASTERDOWN", RemoteLimit.Passing, "is a replica that has lost its primary (MASTERDOWN)."),
        ("NOAUTH", RemoteLimit.Lasting, Credentials),
        ("WRONGPASS", RemoteLimit.Lasting, Credentials),
        ("invalid password", RemoteLimit.Lasting, Credentials),
        ("invalid username-password", RemoteLimit.Lasting, Credentials),
        ("AUTH <password> called without any password", RemoteLimit.Lasting, Credentials),
        ("DENIED", RemoteLimit.Lasting, "is in protected mode and takes no connections from other machines: give it a password, or set protected-mode no."),
        ("max number of clients", RemoteLimit.Passing, "has as many connections as it may: raise its maxclients."),
        ("DB index is out of range", RemoteLimit.Lasting, NoDatabase),
        ("database does not exist", RemoteLimit.Lasting, NoDatabase),
        ("RESP protocol failure", RemoteLimit.Lasting, "is not a Redis, or speaks TLS where enable_tls is off: see host, port and enable_tls."),
        ("Name or service not known", RemoteLimit.Lasting, NoName),
        ("No such host is known", RemoteLimit.Lasting, NoName),
        ("nodename nor servname", RemoteLimit.Lasting, NoName),
    ];

    /// <summary>What a server's own words mean, and what to say of it; default: nothing of the kind.</summary>
    public static (RemoteLimit Limit, string Sentence) Of(string message)
    {
        // What was sent comes after it, and may be anything.
        message = message.Split(", with args", 2)[0];
        var (_, limit, sentence) = Array.Find(Signs, sign => message.Contains(sign.Text, StringComparison.Ordinal));
        return limit == RemoteLimit.None ? default
            : sentence is not null ? (limit, sentence)
            : message.Contains("channel", StringComparison.Ordinal) || MessageCommand().IsMatch(message) ? (RemoteLimit.Messages, NoMessages)
            : ScriptCommand().IsMatch(message) ? (limit, NoScripts)
            : message.Contains(" key", StringComparison.Ordinal) ? (limit, NoKeys)
            : (limit, $"does not let this user run {Command(message)}: grant it {Grants}.");
    }

    /// <summary>Of the server's words only the name of a command is passed on: the rest may show what was sent.</summary>
    private static string Command(string message) =>
        AnyCommand().Match(message) is { Success: true } match ? match.Groups[1].Value.ToUpperInvariant() : "a command that the cache's scripts need";

    [GeneratedRegex("(['`]|used: )(publish|subscribe|unsubscribe)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex MessageCommand();

    [GeneratedRegex("(['`]|used: )(eval|evalsha|script)\\b", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptCommand();

    [GeneratedRegex("['`]([A-Za-z|]{2,24})['`]")]
    private static partial Regex AnyCommand();
}
