using Oxcaching.Diagnostics;
using Oxcaching.Recovery;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>The health of one service: that of its connection, with its own pending writes. Thread-safe.</summary>
internal sealed class ServiceHealth
{
    private readonly HealthMonitor? _monitor;
    private readonly PendingWrites? _pending;
    private readonly HealthPublisher _publisher;
    private readonly CacheHealth _alone;

    /// <param name="monitor">The connection's; null: the service has none, and is always well.</param>
    /// <param name="pending">The service's; null: it has none.</param>
    /// <param name="events">Told what handlers throw.</param>
    /// <param name="time">The clock.</param>
    public ServiceHealth(HealthMonitor? monitor, PendingWrites? pending, ServiceEvents events, TimeProvider time)
    {
        (_monitor, _pending, _publisher) = (monitor, pending, new HealthPublisher(events.HealthHandlerFailed));
        _alone = new CacheHealth { State = HealthState.Healthy, Since = time.GetUtcNow() };
        if (monitor is not null)
        {
            monitor.Changed += health => _publisher.Publish(Client, WithPending(health));
        }
    }

    public event EventHandler<CacheHealth>? Changed
    {
        add => _publisher.Changed += value;
        remove => _publisher.Changed -= value;
    }

    /// <summary>Whom the event is raised for.</summary>
    public ICacheClient? Client { get; set; }

    public CacheHealth Current => WithPending(_monitor?.Current ?? _alone);

    private CacheHealth WithPending(CacheHealth health) => health with { PendingWrites = _pending?.Unacknowledged ?? 0 };
}
