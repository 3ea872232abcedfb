namespace Oxcaching.Timing;

/// <summary>When a call began: by the local clock, and by each clock of Redis that was known then.</summary>
/// <remarks>
/// What they told then stands, though a better estimate would come later: so that of two calls the later never looks like the earlier,
/// it does not matter when they are sent.
/// </remarks>
/// <param name="At">As a monotonic timestamp.</param>
/// <param name="Told">What the clocks of Redis told.</param>
internal readonly record struct CallMoment(long At, params CallTime[] Told)
{
    /// <summary>When that was by a clock of Redis; 0 where nobody knows.</summary>
    public CallTime By(RedisClock clock)
    {
        foreach (var told in Told)
        {
            if (clock.Tells(told))
            {
                return told;
            }
        }

        return clock.TimeOf(At).GetValueOrDefault();
    }
}
