using Oxcaching.Remote;

namespace Oxcaching.Coherence;

/// <summary>The other instances of a service that were heard of lately. Thread-safe.</summary>
internal sealed class Peers(TimeProvider time, TimeSpan forgetAfter)
{
    private readonly Dictionary<ulong, Peer> _peers = [];
    private readonly Lock _lock = new();

    /// <summary>Counts a message that is no heartbeat.</summary>
    public void Received(in RemoteMessage message)
    {
        lock (_lock)
        {
            Heard(message).Received(message.Interval);
        }
    }

    /// <summary>Takes in a heartbeat; returns whether messages of its sender are missing.</summary>
    public bool Misses(in RemoteMessage heartbeat)
    {
        lock (_lock)
        {
            return Heard(heartbeat).Misses(heartbeat.Interval, heartbeat.Counts());
        }
    }

    /// <summary>Holds against none of them what was missed so far.</summary>
    public void Forgive()
    {
        lock (_lock)
        {
            foreach (var peer in _peers.Values)
            {
                peer.Forgive();
            }
        }
    }

    /// <summary>Forgets those who fell silent.</summary>
    public void Prune()
    {
        lock (_lock)
        {
            foreach (var (node, peer) in _peers)
            {
                if (time.GetElapsedTime(peer.HeardAt) > forgetAfter)
                {
                    _peers.Remove(node);
                }
            }
        }
    }

    private Peer Heard(in RemoteMessage message)
    {
        if (!_peers.TryGetValue(message.Node, out var peer))
        {
            _peers.Add(message.Node, peer = new Peer(message.Interval));
        }

        peer.HeardAt = time.GetTimestamp();
        return peer;
    }
}
