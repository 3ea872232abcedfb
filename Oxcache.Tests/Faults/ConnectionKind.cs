namespace Oxcaching.Tests.Faults;

/// <summary>The two connections that a client of Redis opens, told apart by what it sends.</summary>
[Flags]
public enum ConnectionKind
{
    /// <summary>Every connection until it subscribes.</summary>
    Interactive = 1,

    /// <summary>A connection that has sent SUBSCRIBE or PSUBSCRIBE.</summary>
    Subscription = 2,

    Any = Interactive | Subscription,
}
