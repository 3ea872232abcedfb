namespace Oxcaching.Remote;

/// <summary>Ends each call whose deadline is over. Thread-safe.</summary>
/// <remarks>
/// One timer for all calls of a connection: nearly all are answered long before, and a timer for each would cost more than
/// sending it. It is set for the earliest deadline there was when it was set, and looks around when it fires.
/// </remarks>
internal sealed class CallTimeouts : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private TimedCall? _first;
    private long _firesAt = long.MaxValue;

    public CallTimeouts(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static timeouts => ((CallTimeouts)timeouts!).EndOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TimedCall call)
    {
        lock (_lock)
        {
            (call.IsListed, call.Next) = (true, _first);
            if (_first is not null)
            {
                _first.Previous = call;
            }

            _first = call;
            if (call.Deadline.At < _firesAt)
            {
                FireAt(call.Deadline.At);
            }
        }
    }

    /// <summary>Takes a call out; one that is not there (any more) changes nothing.</summary>
    public void Remove(TimedCall call)
    {
        lock (_lock)
        {
            Unlink(call);
        }
    }

    /// <summary>After the last call.</summary>
    public void Dispose() => _timer.Dispose();

    private void EndOverdue()
    {
        var overdue = new List<TimedCall>();
        lock (_lock)
        {
            var (now, earliest) = (_time.GetTimestamp(), long.MaxValue);
            for (var call = _first; call is not null;)
            {
                var next = call.Next;
                if (call.Deadline.At <= now)
                {
                    Unlink(call);
                    overdue.Add(call);
                }
                else
                {
                    earliest = Math.Min(earliest, call.Deadline.At);
                }

                call = next;
            }

            _firesAt = long.MaxValue;
            if (earliest < long.MaxValue)
            {
                FireAt(earliest);
            }
        }

        overdue.ForEach(call => call.End());
    }

    private void FireAt(long timestamp)
    {
        _firesAt = timestamp;
        var left = Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), timestamp).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(left, 0)), Timeout.InfiniteTimeSpan);
    }

    private void Unlink(TimedCall call)
    {
        if (!call.IsListed)
        {
            return;
        }

        if (call.Previous is null)
        {
            _first = call.Next;
        }
        else
        {
            call.Previous.Next = call.Next;
        }

        if (call.Next is not null)
        {
            call.Next.Previous = call.Previous;
        }

        (call.IsListed, call.Previous, call.Next) = (false, null, null);
    }
}
