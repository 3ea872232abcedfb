namespace Oxcaching.Writes;

/// <summary>When to try again what has failed: again and again, but less and less often until something succeeds. Guarded by its owner's lock.</summary>
internal sealed class RetryPause(TimeProvider time, Action retry) : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ITimer _timer = time.CreateTimer(static retry => ((Action)retry!)(), retry, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    private TimeSpan _pause = TimeSpan.Zero;

    /// <summary>Has it tried again after a pause that is longer than the last, up to the longest.</summary>
    public void Begin()
    {
        var longer = _pause == TimeSpan.Zero ? Shortest : _pause * 2;
        _pause = longer < Longest ? longer : Longest;
        _timer.Change(_pause * (0.75 + (Random.Shared.NextDouble() / 4)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The next pause is the shortest again.</summary>
    public void Reset() => _pause = TimeSpan.Zero;

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
