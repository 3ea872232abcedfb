using Oxcaching.Remote;

namespace Oxcaching.Coherence;

/// <summary>What this instance wrote in the last seconds, to be asserted again after a failover: replication is asynchronous. Thread-safe.</summary>
internal sealed class RecentWrites(TimeProvider time)
{
    /// <summary>How far a replica may be behind.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(10);

    /// <summary>Of more than these the oldest are let go of.</summary>
    private const int Most = 65_536;

    private readonly Queue<(string Key, Head Head, long At)> _writes = [];
    private readonly Lock _lock = new();

    public void Add(string key, Head head)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            while (_writes.Count == Most || (_writes.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At, now) > Reach))
            {
                _writes.Dequeue();
            }

            _writes.Enqueue((key, head, now));
        }
    }

    /// <summary>The last write of each key, of those that a failover so long ago may have lost.</summary>
    public IReadOnlyCollection<KeyValuePair<string, Head>> Within(TimeSpan age)
    {
        var now = time.GetTimestamp();
        var newest = new Dictionary<string, Head>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var (key, head, at) in _writes)
            {
                if (time.GetElapsedTime(at, now) <= age + Reach)
                {
                    newest[key] = head;
                }
            }
        }

        return newest;
    }
}
