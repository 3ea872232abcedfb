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
        if (_sample is not { } old || error <= ErrorNow(old) || Contradicts(fresh, old))
        {
            _sample = fresh;
        }
    }

    private bool Contradicts(Sample fresh, Sample old) =>
        Math.Abs(fresh.Micros - (old.Micros + Elapsed(old))) > fresh.Error + ErrorNow(old);

    private long Elapsed(Sample sample) => (long)time.GetElapsedTime(sample.At).TotalMicroseconds;

    private long ErrorNow(Sample sample) => sample.Error + (Elapsed(sample) * Drift / 1_000_000);

    private sealed record Sample(long Micros, long At, long Error);
}
