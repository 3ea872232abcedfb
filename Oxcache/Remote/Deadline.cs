namespace Oxcaching.Remote;

/// <summary>A moment by which one call must be over, however many commands it takes.</summary>
internal readonly struct Deadline
{
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _timeout;

    private Deadline(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _started = time.GetTimestamp();
        _timeout = timeout;
    }

    public TimeProvider Time => _time;

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = _timeout - _time.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The earlier of this one and a time from now.</summary>
    public Deadline AtMost(TimeSpan timeout) => After(timeout < Remaining ? timeout : Remaining, _time);

    public static Deadline After(TimeSpan timeout, TimeProvider time) => new(time, timeout);
}
