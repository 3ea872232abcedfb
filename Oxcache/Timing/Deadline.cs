namespace Oxcaching.Timing;

/// <summary>A moment by which one call must be over, however many commands it takes.</summary>
internal readonly struct Deadline
{
    private Deadline(TimeProvider time, long at)
    {
        Time = time;
        At = at;
    }

    public TimeProvider Time { get; }

    /// <summary>As a timestamp.</summary>
    public long At { get; }

    /// <summary>Never negative.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = Time.GetElapsedTime(Time.GetTimestamp(), At);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public static Deadline After(TimeSpan timeout, TimeProvider time) =>
        new(time, time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency));

    /// <summary>The earlier of this and so long from now.</summary>
    public Deadline AtMost(TimeSpan timeout) => After(timeout, Time) is var sooner && sooner.At < At ? sooner : this;
}
