namespace Oxcaching.Recovery;

/// <summary>The worst state of several connections. Thread-safe.</summary>
internal sealed class OverallHealth
{
    private readonly IReadOnlyList<HealthMonitor> _monitors;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private HealthState _state;
    private DateTimeOffset _since;

    /// <param name="monitors">One for each connection.</param>
    /// <param name="time">The clock.</param>
    public OverallHealth(IReadOnlyList<HealthMonitor> monitors, TimeProvider time)
    {
        (_monitors, _time, _since) = (monitors, time, time.GetUtcNow());
        _state = Worst();
        foreach (var monitor in monitors)
        {
            monitor.Changed += _ => Update();
        }
    }

    /// <summary>Raised in the order of the changes, under a lock: handlers wait for nothing.</summary>
    public event Action<CacheHealth>? Changed;

    /// <summary>Without the pending writes, which are the services'.</summary>
    public CacheHealth Current
    {
        get
        {
            lock (_lock)
            {
                return Snapshot();
            }
        }
    }

    private void Update()
    {
        lock (_lock)
        {
            var state = Worst();
            if (state != _state)
            {
                (_state, _since) = (state, _time.GetUtcNow());
                Changed?.Invoke(Snapshot());
            }
        }
    }

    private HealthState Worst() => _monitors.Select(monitor => monitor.Current.State).DefaultIfEmpty(HealthState.Healthy).Max();

    private CacheHealth Snapshot()
    {
        var latest = _monitors.Select(monitor => monitor.Current).MaxBy(health => health.LastErrorAt);
        return new CacheHealth
        {
            State = _state,
            Since = _since,
            LastError = latest?.LastError,
            LastErrorAt = latest?.LastErrorAt,
            Limits = [.. _monitors.SelectMany(monitor => monitor.Current.Limits)],
        };
    }
}
