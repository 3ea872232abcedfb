using System.Numerics;

namespace Oxcaching.Timing;

/// <summary>Ends each call whose deadline is over. Thread-safe.</summary>
/// <remarks>
/// One timer for all calls of a connection: nearly all are answered long before, and a timer for each would cost more than
/// sending it. It is set for the earliest deadline there was when it was set, and looks around when it fires. Invariant: of each
/// call that is listed, the timer is set for no later than its deadline, or is looking around. A call is listed with those that
/// began on the same processor, for two that begin at the same time would wait for each other.
/// </remarks>
internal sealed class CallTimeouts : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _timerLock = new();
    private readonly CallList[] _lists = new CallList[BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 16))];
    private long _firesAt = long.MaxValue;

    public CallTimeouts(TimeProvider time)
    {
        _time = time;
        for (var i = 0; i < _lists.Length; i++)
        {
            _lists[i] = new CallList();
        }

        _timer = time.CreateTimer(static timeouts => ((CallTimeouts)timeouts!).EndOverdue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TimedCall call)
    {
        _lists[Thread.GetCurrentProcessorId() & (_lists.Length - 1)].Add(call);
        FireAt(call.Deadline.At);
    }

    /// <summary>Takes a call out; one that is not there (any more) changes nothing.</summary>
    public void Remove(TimedCall call) => call.List?.Remove(call);

    /// <summary>After the last call.</summary>
    public void Dispose() => _timer.Dispose();

    private void EndOverdue()
    {
        lock (_timerLock)
        {
            _firesAt = long.MaxValue;
        }

        var (now, earliest) = (_time.GetTimestamp(), long.MaxValue);
        var overdue = new List<TimedCall>();
        foreach (var list in _lists)
        {
            earliest = Math.Min(earliest, list.TakeOverdue(now, overdue));
        }

        FireAt(earliest);
        overdue.ForEach(call => call.End());
    }

    private void FireAt(long timestamp)
    {
        if (timestamp >= Volatile.Read(ref _firesAt))
        {
            return;
        }

        lock (_timerLock)
        {
            if (timestamp < _firesAt)
            {
                Volatile.Write(ref _firesAt, timestamp);
                var left = Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), timestamp).TotalMilliseconds);
                _timer.Change(TimeSpan.FromMilliseconds(Math.Max(left, 0)), Timeout.InfiniteTimeSpan);
            }
        }
    }
}
