namespace Oxcaching.Timing;

/// <summary>Calls that are on their way. Thread-safe.</summary>
internal sealed class CallList
{
    private readonly Lock _lock = new();
    private TimedCall? _first;

    /// <summary>Takes in a call that is in no list, and never was in another.</summary>
    public void Add(TimedCall call)
    {
        lock (_lock)
        {
            (call.List, call.Next) = (this, _first);
            if (_first is not null)
            {
                _first.Previous = call;
            }

            _first = call;
        }
    }

    /// <summary>Takes a call out; one that is not there any more changes nothing.</summary>
    public void Remove(TimedCall call)
    {
        lock (_lock)
        {
            Unlink(call);
        }
    }

    /// <summary>Takes out the calls whose deadline is over.</summary>
    /// <returns>The earliest deadline of the others.</returns>
    public long TakeOverdue(long now, List<TimedCall> overdue)
    {
        var earliest = long.MaxValue;
        lock (_lock)
        {
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
        }

        return earliest;
    }

    private void Unlink(TimedCall call)
    {
        if (call.List is null)
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

        (call.List, call.Previous, call.Next) = (null, null, null);
    }
}
