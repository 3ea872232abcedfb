namespace Oxcaching.Timing;

/// <summary>What time it is in Redis, estimated from its answers to TIME. Thread-safe.</summary>
/// <remarks>
/// Redis read its clock somewhere between the question and the answer, so half the round trip bounds the error. It runs on
/// from there by the monotonic clock: a step of this machine's wall clock changes nothing.
/// Invariant: as long as Redis's clock is not set, of two calls of which one begins after the other has its time the later never may
/// have begun earlier, though a better estimate would allow for it; nor may one that begins after the first answer have begun
/// earlier than one that began before it.
/// </remarks>
internal sealed class RedisClock(TimeProvider time)
{
    /// <summary>What two crystals may drift apart, in parts per million.</summary>
    private const long Drift = 200;

    private volatile Setting? _setting;

    /// <summary>Microseconds since 1970 by Redis's clock; 0 before the first answer.</summary>
    public long Now => _setting is { } setting ? Micros(setting.Best, time.GetTimestamp()) : 0;

    /// <summary>The most that <see cref="Now"/> can be wrong, in microseconds, as long as neither clock is set.</summary>
    public long Error => _setting is { } setting ? ErrorAt(setting.Best, time.GetTimestamp()) : 0;

    /// <summary>Takes in an answer: Redis's time, and the monotonic timestamps around the question.</summary>
    /// <remarks>The narrower estimate stays, unless the two cannot both be true: then Redis's clock was set.</remarks>
    public void Observe(long redisMicros, long asked, long answered)
    {
        var error = (long)(time.GetElapsedTime(asked, answered).TotalMicroseconds / 2) + 1;
        var fresh = new Sample(redisMicros + error, answered, error);
        if (_setting is not { } setting || Contradicts(fresh, setting.Best))
        {
            _setting = new Setting(fresh);
        }
        else if (error <= ErrorAt(setting.Best, answered))
        {
            setting.Best = fresh;
        }
    }

    /// <summary>The time of a call that begins now; null before the first answer.</summary>
    /// <param name="at">Now, as a monotonic timestamp.</param>
    public CallTime? Call(long at)
    {
        if (_setting is not { } setting)
        {
            return null;
        }

        var best = setting.Best;
        var (micros, error) = (Micros(best, at), ErrorAt(best, at));
        return new CallTime(setting.NoEarlierThanCalls(micros - error), micros + error, setting);
    }

    /// <summary>The time of a call that began when this clock was not known, or that was not asked for then; null before the first answer.</summary>
    /// <remarks>Found out from one and the same answer for all that came before it, and that answer is no later than any call after it.</remarks>
    public CallTime? TimeOf(long at)
    {
        if (_setting is not { } setting)
        {
            return null;
        }

        var isAfterFirst = at > setting.First.At;
        var sample = isAfterFirst ? setting.Best : setting.First;
        var (micros, error) = (Micros(sample, at), ErrorAt(sample, at));
        if (isAfterFirst)
        {
            // What is called from now on is later.
            setting.NoEarlierThanCalls(micros - error);
        }

        return new CallTime(micros - error, micros + error, setting);
    }

    /// <summary>Whether the time is by this clock, which has not been set since.</summary>
    public bool Tells(CallTime call) => call.Setting == _setting;

    private bool Contradicts(Sample fresh, Sample old) =>
        Math.Abs(fresh.Micros - Micros(old, fresh.At)) > fresh.Error + ErrorAt(old, fresh.At);

    private long Micros(Sample sample, long at) => sample.Micros + Elapsed(sample, at);

    private long ErrorAt(Sample sample, long at) => sample.Error + (Math.Abs(Elapsed(sample, at)) * Drift / 1_000_000);

    private long Elapsed(Sample sample, long at) => (long)time.GetElapsedTime(sample.At, at).TotalMicroseconds;

    private sealed record Sample(long Micros, long At, long Error);

    /// <summary>A time during which Redis's clock is not set.</summary>
    private sealed class Setting(Sample first)
    {
        private volatile Sample _best = first;
        private long _lastCall = first.Micros - first.Error;

        public Sample First { get; } = first;

        public Sample Best
        {
            get => _best;
            set => _best = value;
        }

        public long NoEarlierThanCalls(long micros)
        {
            long last;
            do
            {
                last = Volatile.Read(ref _lastCall);
            }
            while (micros > last && Interlocked.CompareExchange(ref _lastCall, micros, last) != last);
            return Math.Max(micros, last);
        }
    }
}
