namespace Oxcaching.Remote;

/// <summary>What a message says. The second byte of each.</summary>
internal enum MessageKind : byte
{
    /// <summary>A record of a key was set or deleted.</summary>
    Changed = 1,

    /// <summary>Every key of the service was deleted.</summary>
    Cleared = 2,

    /// <summary>The sender lives, and has sent so many messages.</summary>
    Heartbeat = 3,

    /// <summary>The load of a key that others wait for is over. Invalidates nothing.</summary>
    Loaded = 4,
}
