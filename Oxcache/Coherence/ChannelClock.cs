namespace Oxcaching.Coherence;

/// <summary>The times of the channel, which all follow from <c>coherence_max_age</c>.</summary>
internal sealed class ChannelClock(TimeSpan maxAge)
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(250);

    /// <summary>How old an entry may get while the channel is down.</summary>
    public TimeSpan MaxAge => maxAge;

    /// <summary>The first of the entries lapse that much earlier than the last, lest they all lapse at once.</summary>
    public TimeSpan MinAge => maxAge * 0.75;

    /// <summary>Between two heartbeats. Short enough for a dead channel to be found out well within <see cref="MinAge"/>.</summary>
    public TimeSpan Interval { get; } = maxAge / 6 < LongestInterval ? maxAge / 6 : LongestInterval;

    /// <summary>Between two heartbeats while the channel is down.</summary>
    public TimeSpan Retry => Interval < LongestRetry ? Interval : LongestRetry;

    /// <summary>How long a heartbeat may take to come back.</summary>
    public TimeSpan EchoTimeout => Interval * 2;
}
