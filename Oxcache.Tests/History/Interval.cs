namespace Oxcaching.Tests.History;

/// <summary>A stretch of time of the run, its ends included.</summary>
internal readonly record struct Interval(TimeSpan Begin, TimeSpan End)
{
    public bool Contains(TimeSpan time) => Begin <= time && time <= End;

    public TimeSpan Overlap(Interval other)
    {
        var begin = Begin > other.Begin ? Begin : other.Begin;
        var end = End < other.End ? End : other.End;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
