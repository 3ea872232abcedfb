namespace Oxcaching.Flights;

/// <summary>Flights in the order of their take-off, which is that of their deadlines too. Guarded by the lock of its stripe.</summary>
internal sealed class FlightQueue
{
    private Flight? _last;

    public Flight? First { get; private set; }

    public void Append(Flight flight)
    {
        flight.IsQueued = true;
        flight.Earlier = _last;
        if (_last is null)
        {
            First = flight;
        }
        else
        {
            _last.Later = flight;
        }

        _last = flight;
    }

    /// <summary>Takes a flight out; one that is not there (any more) changes nothing.</summary>
    public void Remove(Flight flight)
    {
        if (!flight.IsQueued)
        {
            return;
        }

        flight.IsQueued = false;
        var (earlier, later) = (flight.Earlier, flight.Later);
        if (earlier is null)
        {
            First = later;
        }
        else
        {
            earlier.Later = later;
        }

        if (later is null)
        {
            _last = earlier;
        }
        else
        {
            later.Earlier = earlier;
        }

        (flight.Earlier, flight.Later) = (null, null);
    }
}
