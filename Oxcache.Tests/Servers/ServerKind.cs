namespace Oxcaching.Tests.Servers;

/// <summary>The servers that every test of L2 runs against.</summary>
public enum ServerKind
{
    /// <summary>Microsoft's Redis-compatible server, restored as a package: always there.</summary>
    Garnet,

    /// <summary>Redis itself: the one that was given, in a container, or the redis-server on the PATH.</summary>
    Redis,
}
