using System.Runtime.CompilerServices;

namespace Oxcaching.Local;

/// <summary>What all entries stored between two clears of a cache share: the time. Times are ticks of 100 ns.</summary>
/// <remarks>Invariant: the time never goes back, and once the era is over it stands beyond every deadline.</remarks>
internal sealed class Era
{
    public const long LastDeadline = long.MaxValue - 1;

    private const long End = long.MaxValue;

    /// <summary>The era of entries that no cache has stored.</summary>
    public static readonly Era Over = new(TimeSpan.Zero, new HitCounter()) { _now = End };

#pragma warning disable CS0169, IDE0051 // Keep what others write off the cache line that every hit reads.
    private readonly CacheLine _before;
    private long _now;
    private readonly CacheLine _after;
#pragma warning restore CS0169, IDE0051

    public Era(TimeSpan idle, HitCounter hits)
    {
        Idle = idle.Ticks;
        Hits = hits;
    }

    /// <summary>How long an entry lives unread; 0: no limit.</summary>
    public long Idle { get; }

    public HitCounter Hits { get; }

    /// <summary>The time when the clock last ticked.</summary>
    public long Now => Volatile.Read(ref _now);

    public void AdvanceTo(long now)
    {
        for (var seen = Now; seen < now; seen = Now)
        {
            if (Interlocked.CompareExchange(ref _now, now, seen) == seen)
            {
                return;
            }
        }
    }

    /// <summary>Ends the life of every entry at once.</summary>
    public void Close() => Volatile.Write(ref _now, End);

    [InlineArray(8)]
    private struct CacheLine
    {
        private long _first;
    }
}
