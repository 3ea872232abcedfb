namespace Oxcaching.Flights;

/// <summary>
/// Watches that the flights of one service land in time: one timer serves them all, and to watch a flight costs a look at a clock and
/// two links. Thread-safe.
/// </summary>
internal sealed class FlightDeadlines(TimeSpan timeout, TimeProvider time, ClaimTable claims) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private volatile bool _armed;
    private bool _disposed;

    public TimeSpan Timeout => timeout;

    /// <summary>The time for <see cref="Flight.TookOff"/>. The system's is read coarsely, at a third of the cost: flights are timed in seconds.</summary>
    public TimeSpan Now => time == TimeProvider.System
        ? new TimeSpan(Environment.TickCount64 * TimeSpan.TicksPerMillisecond)
        : time.GetElapsedTime(startingTimestamp: 0);

    /// <summary>To be called after a flight has joined the queue of its stripe.</summary>
    public void Watch()
    {
        if (!_armed)
        {
            Arm(timeout);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    /// <summary>Leaves the timer running when the last flight has landed: it rings once in vain, which costs less than stopping it each time.</summary>
    private void Arm(TimeSpan due)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _armed = true;
            _timer ??= time.CreateTimer(
                static deadlines => ((FlightDeadlines)deadlines!).Ring(),
                this,
                System.Threading.Timeout.InfiniteTimeSpan,
                System.Threading.Timeout.InfiniteTimeSpan);
            _timer.Change(due, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    private void Ring()
    {
        // First, so that a flight which is not seen here arms the timer itself.
        _armed = false;
        var overdue = new List<Flight>();
        if (TakeOverdue(overdue) is { } left)
        {
            Arm(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
        }

        foreach (var flight in overdue)
        {
            flight.Expire();
        }
    }

    /// <returns>When the next flight will be overdue; null if there is none.</returns>
    private TimeSpan? TakeOverdue(List<Flight> overdue)
    {
        TimeSpan? next = null;
        foreach (var stripe in claims.Stripes)
        {
            lock (stripe.Lock)
            {
                while (stripe.Flights.First is { } flight)
                {
                    var left = timeout - (Now - flight.TookOff);
                    if (left > TimeSpan.Zero)
                    {
                        next = next < left ? next : left;
                        break;
                    }

                    stripe.Flights.Remove(flight);
                    overdue.Add(flight);
                }
            }
        }

        return next;
    }
}
