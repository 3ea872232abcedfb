namespace Oxcaching.Remote;

/// <summary>What a Redis that can be reached does not do for the cache.</summary>
internal enum RemoteLimit
{
    None,

    /// <summary>The user may not publish or subscribe. All else works.</summary>
    Messages,

    /// <summary>There is no room for a value. What is there can be read, and deleted.</summary>
    Full,

    /// <summary>The user may run no scripts, or the server has none.</summary>
    Scripts,

    /// <summary>The user may not touch the cache's keys.</summary>
    Keys,

    /// <summary>The user may not run a command that the cache needs.</summary>
    Commands,

    /// <summary>There is no such database.</summary>
    Database,

    /// <summary>The server takes no writes: it is a replica.</summary>
    ReadOnly,

    /// <summary>The server takes no writes, since it cannot save them.</summary>
    Unsaved,

    /// <summary>The server takes no writes, since it has too few replicas.</summary>
    Replicas,

    /// <summary>The server reads its data from the disk.</summary>
    Loading,

    /// <summary>The server runs somebody's script that does not end.</summary>
    Busy,

    /// <summary>The cluster, or the part of it that has the key, serves nobody.</summary>
    Cluster,

    /// <summary>The server is a replica that has lost its primary.</summary>
    Primary,

    /// <summary>The password or the user is wrong, or missing.</summary>
    Credentials,

    /// <summary>The server takes no connections from other machines.</summary>
    Protected,

    /// <summary>The server has as many connections as it may.</summary>
    Connections,

    /// <summary>What answers is no Redis.</summary>
    Protocol,

    /// <summary>TLS cannot be agreed on.</summary>
    Tls,

    /// <summary>The host's name leads nowhere.</summary>
    Name,
}
