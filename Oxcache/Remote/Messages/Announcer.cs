namespace Oxcaching.Remote;

/// <summary>Makes the messages of one instance of a service, and counts those that were published. Thread-safe.</summary>
internal sealed class Announcer(string channel, NodeId node)
{
    public string Channel => channel;

    public NodeId Node => node;

    public MessageLedger Ledger { get; } = new();

    /// <summary>The first bytes of a message that is sent now.</summary>
    public byte[] Start(MessageKind kind, out uint interval)
    {
        interval = Ledger.Interval;
        return RemoteMessage.Start(kind, node.Value, interval);
    }

    /// <summary>A message about keys that is sent now, up to what its script answers.</summary>
    public byte[] Start(MessageKind kind, ReadOnlySpan<MessageKey> keys, out uint interval)
    {
        interval = Ledger.Interval;
        return RemoteMessage.Start(kind, node.Value, interval, keys);
    }
}
