namespace Oxcaching.Flights;

/// <summary>
/// The flights of one service in the order of their take-off, which is that of their deadlines too: so one timer serves them all,
/// and a flight costs a timestamp and two links. Thread-safe.
/// </summary>
internal sealed class FlightDeadlines(TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private Flight? _first;
    private Flight? _last;
    private ITimer? _timer;
    private bool _armed;

    public TimeSpan Timeout => timeout;

    public void Add(Flight flight)
    {
        flight.TookOff = time.GetTimestamp();
        lock (_lock)
        {
            flight.Earlier = _last;
            if (_last is null)
            {
                _first = flight;
            }
            else
            {
                _last.Later = flight;
            }

            _last = flight;
            Arm(timeout);
        }
    }

    /// <summary>For a flight that has landed. One that is overdue has been taken out already.</summary>
    public void Remove(Flight flight)
    {
        lock (_lock)
        {
            Unlink(flight);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _armed = true;
        }
    }

    /// <summary>Leaves the timer running when the last flight has landed: it rings once in vain, which costs less than stopping it each time.</summary>
    private void Arm(TimeSpan due)
    {
        if (_armed)
        {
            return;
        }

        _armed = true;
        if (_timer is null)
        {
            _timer = time.CreateTimer(static deadlines => ((FlightDeadlines)deadlines!).Ring(), this, due, System.Threading.Timeout.InfiniteTimeSpan);
        }
        else
        {
            _timer.Change(due, System.Threading.Timeout.InfiniteTimeSpan);
        }
    }

    private void Ring()
    {
        foreach (var flight in TakeOverdue())
        {
            flight.Expire();
        }
    }

    private List<Flight> TakeOverdue()
    {
        var overdue = new List<Flight>();
        lock (_lock)
        {
            _armed = false;
            while (_first is { } flight)
            {
                var left = timeout - time.GetElapsedTime(flight.TookOff);
                if (left > TimeSpan.Zero)
                {
                    Arm(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left);
                    break;
                }

                Unlink(flight);
                overdue.Add(flight);
            }
        }

        return overdue;
    }

    private void Unlink(Flight flight)
    {
        if (_first != flight && flight.Earlier is null)
        {
            return;
        }

        if (flight.Earlier is { } earlier)
        {
            earlier.Later = flight.Later;
        }
        else
        {
            _first = flight.Later;
        }

        if (flight.Later is { } later)
        {
            later.Earlier = flight.Earlier;
        }
        else
        {
            _last = flight.Earlier;
        }

        (flight.Earlier, flight.Later) = (null, null);
    }
}
