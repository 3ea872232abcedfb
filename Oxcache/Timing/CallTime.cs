namespace Oxcaching.Timing;

/// <summary>When a call began, by Redis's clock in microseconds.</summary>
/// <param name="Earliest">Never before that of a call that had its time earlier, by the same clock.</param>
/// <param name="Latest">It began no later.</param>
/// <param name="Setting">Which setting of the clock it was read from.</param>
internal readonly record struct CallTime(long Earliest, long Latest, object Setting)
{
    /// <summary>The most that <see cref="Micros"/> can be wrong.</summary>
    public long Error => (Latest - Earliest + 1) / 2;

    /// <summary>The time in the middle.</summary>
    public long Micros => Earliest + Error;
}
