using System.Diagnostics.Metrics;

namespace Oxcaching.Diagnostics;

/// <summary>The meter "Oxcache". Every instrument is about one service, named by the tag <c>oxcache.service</c>.</summary>
internal sealed class CacheMeter : IDisposable
{
    public const string Name = "Oxcache";

    private readonly Meter _meter = new(Name, typeof(CacheMeter).Assembly.GetName().Version?.ToString(3));

    public CacheMeter()
    {
        Loads = _meter.CreateCounter<long>("oxcache.loads", "{load}", "Bodies and factories run because no level had the value.");
        RemoteHits = _meter.CreateCounter<long>("oxcache.l2.hits", "{hit}", "Values read from L2.");
        RemoteMisses = _meter.CreateCounter<long>("oxcache.l2.misses", "{miss}", "Reads of L2 that found no value.");
        RemoteFailures = _meter.CreateCounter<long>("oxcache.l2.failures", "{failure}", "L2 calls that failed, timed out or were refused.");
        RemoteSkips = _meter.CreateCounter<long>("oxcache.l2.skipped", "{call}", "L2 calls not made because L2 is down.");
        UnacknowledgedWrites = _meter.CreateCounter<long>("oxcache.l2.unacknowledged_writes", "{write}", "Attempts at a set, delete or clear that L2 did not acknowledge; it stays pending.");
        DeferredWrites = _meter.CreateCounter<long>("oxcache.l2.deferred_writes", "{write}", "Sets, deletes and clears that returned before L2 acknowledged them.");
        DroppedPending = _meter.CreateCounter<long>("oxcache.l2.dropped_pending_writes", "{write}", "Values that were not kept until L2 is back, for want of room; their keys are deleted instead.");
        IgnoredMessages = _meter.CreateCounter<long>("oxcache.coherence.ignored_messages", "{message}", "Messages on the channel that are none of Oxcache's.");
        Epochs = _meter.CreateCounter<long>("oxcache.coherence.epochs", "{epoch}", "Times that all of L1 was put in doubt, because an invalidation may have been missed.");
        RefusedFills = _meter.CreateCounter<long>("oxcache.l2.refused_fills", "{fill}", "Loads not stored because the key had changed meanwhile.");
        Unreadable = _meter.CreateCounter<long>("oxcache.l2.unreadable", "{value}", "L2 values treated as a miss: another format or type, or damaged.");
        NotSerialized = _meter.CreateCounter<long>("oxcache.l2.not_serialized", "{value}", "Values not sent because they could not be serialized.");
        Oversized = _meter.CreateCounter<long>("oxcache.l2.oversized", "{value}", "Values not sent because they are over max_value_size.");
        UnloggedWrites = _meter.CreateCounter<long>("oxcache.wal.unlogged_writes", "{write}", "Writes that could not be written to the write-ahead log when they came.");
        DroppedWrites = _meter.CreateCounter<long>("oxcache.wal.dropped_writes", "{write}", "Values and deletes for which the write-ahead log had no room.");
        Overdue = _meter.CreateCounter<long>("oxcache.flights.overdue", "{flight}", "Loads that outlasted flight_timeout.");
    }

    public Counter<long> Loads { get; }

    public Counter<long> RemoteHits { get; }

    public Counter<long> RemoteMisses { get; }

    public Counter<long> RemoteFailures { get; }

    public Counter<long> RemoteSkips { get; }

    public Counter<long> UnacknowledgedWrites { get; }

    /// <summary>Counted within the flow of the call that returns.</summary>
    public Counter<long> DeferredWrites { get; }

    public Counter<long> DroppedPending { get; }

    public Counter<long> IgnoredMessages { get; }

    public Counter<long> Epochs { get; }

    public Counter<long> RefusedFills { get; }

    public Counter<long> Unreadable { get; }

    public Counter<long> NotSerialized { get; }

    public Counter<long> Oversized { get; }

    public Counter<long> UnloggedWrites { get; }

    public Counter<long> DroppedWrites { get; }

    public Counter<long> Overdue { get; }

    /// <summary>Has the state of each service read whenever somebody collects the figures.</summary>
    public void Observe(IReadOnlyList<ICacheClient> clients)
    {
        Gauge("oxcache.health", "{state}", "The state of the service: 0 healthy, 1 recovering, 2 degraded.", health => (int)health.State);
        Gauge("oxcache.l2.pending_writes", "{write}", "Sets, deletes and clears that L2 has not acknowledged yet.", health => health.PendingWrites);

        void Gauge(string name, string unit, string description, Func<CacheHealth, int> read) => _meter.CreateObservableGauge(
            name, () => clients.Select(client => new Measurement<int>(read(client.Health), new KeyValuePair<string, object?>("oxcache.service", client.Service))), unit, description);
    }

    public void Dispose() => _meter.Dispose();
}
