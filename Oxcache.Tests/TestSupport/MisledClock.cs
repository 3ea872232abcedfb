using Oxcaching.Timing;

namespace Oxcaching.Tests.TestSupport;

/// <summary>Makes an instance wrong about Redis's clock, as an answer does that was under way for long in one direction.</summary>
internal static class MisledClock
{
    /// <summary>
    /// It takes it from now on that the clock is so much ahead of what it took it for, and that it may be wrong by as much, and by as much more
    /// as it might be wrong before. By the system's time.
    /// </summary>
    public static void Mislead(this RedisClock clock, TimeSpan ahead)
    {
        var now = TimeProvider.System.GetTimestamp();
        var (redisTime, error) = (clock.Now, ahead.Duration() + TimeSpan.FromMicroseconds(clock.Error));
        var roundTrip = 2 * (long)(error.TotalSeconds * TimeProvider.System.TimestampFrequency);

        // A wider estimate is taken only where it contradicts the one before.
        clock.Observe(redisTime + (long)TimeSpan.FromDays(1).TotalMicroseconds, now, now);
        clock.Observe(redisTime + (long)(ahead - error).TotalMicroseconds, now - roundTrip, now);
    }
}
