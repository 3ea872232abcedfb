namespace Oxcaching.Remote;

/// <summary>What time it is in Redis, estimated from its answers to TIME. Thread-safe.</summary>
/// <remarks>
/// Redis read its clock somewhere between the question and the answer, so half the round trip bounds the error. It runs on
/// from there by the monotonic clock: a step of this machine's wall clock changes nothing.
/// </remarks>
internal sealed class RedisClock(TimeProvider time)
{
    /// <summary>What two crystals may drift apart, in parts per million.</summary>
    private const long Drift = 200;

    private volatile Sample? _sample;
    private volatile object _setting = new();
    private long _lastCall;

    /// <summary>Microseconds since 1970 by Redis's clock; 0 before the first answer.</summary>
    public long Now => _sample is { } sample ? sample.Micros + Elapsed(sample) : 0;

    /// <summary>The most that <see cref="Now"/> can be wrong, in microseconds, as long as neither clock is set.</summary>
    public long Error => _sample is { } sample ? ErrorNow(sample) : 0;

    /// <summary>Takes in an answer: Redis's time, and the monotonic timestamps around the question.</summary>
    /// <remarks>The narrower estimate stays, unless the two cannot both be true: then Redis's clock was set.</remarks>
    public void Observe(long redisMicros, long asked, long answered)
    {
        var error = (long)(time.GetElapsedTime(asked, answered).TotalMicroseconds / 2) + 1;
        var fresh = new Sample(redisMicros + error, answered, error);
        if (_sample is { } known && Contradicts(fresh, known))
        {
            Volatile.Write(ref _lastCall, 0);
            _setting = new object();
            _sample = fresh;
        }
        else if (_sample is not { } old || error <= ErrorNow(old))
        {
            _sample = fresh;
        }
    }

    /// <summary>The time of a call that begins now; null before the first answer.</summary>
    /// <remarks>The estimate may be corrected backwards between two calls. Their times stay in their order: it is known, and the error is theirs.</remarks>
    public CallTime? Call()
    {
        var setting = _setting;
        if (_sample is not { } sample)
        {
            return null;
        }

        var now = sample.Micros + Elapsed(sample);
        long last;
        do
        {
            last = Volatile.Read(ref _lastCall);
        }
        while (now > last && Interlocked.CompareExchange(ref _lastCall, now, last) != last);
        var micros = Math.Max(now, last);
        return new CallTime(micros, ErrorNow(sample) + micros - now, setting);
    }

    /// <summary>Whether the time is by this clock, which has not been set since.</summary>
    public bool Tells(CallTime call) => call.Setting == _setting;

    private bool Contradicts(Sample fresh, Sample old) =>
        Math.Abs(fresh.Micros - (old.Micros + Elapsed(old))) > fresh.Error + ErrorNow(old);

    private long Elapsed(Sample sample) => (long)time.GetElapsedTime(sample.At).TotalMicroseconds;

    private long ErrorNow(Sample sample) => sample.Error + (Elapsed(sample) * Drift / 1_000_000);

    private sealed record Sample(long Micros, long At, long Error);
}
