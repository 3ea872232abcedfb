namespace Oxcaching.Writes;

/// <summary>How writes are gathered, and how many may be pending.</summary>
/// <param name="BatchSize">How many are sent together at most.</param>
/// <param name="BatchInterval">How long one waits at most for those under way, before it is sent beside them.</param>
/// <param name="BatchesInFlight">How many batches are under way at most.</param>
/// <param name="Most">How many keys may have pending writes; who comes when there are more waits.</param>
internal sealed record WriteLimits(int BatchSize, TimeSpan BatchInterval, int BatchesInFlight, int Most)
{
    private const int MostPending = 100_000;

    /// <summary>Each write is sent at once, unless many are under way; those that were made together go together.</summary>
    public static WriteLimits Immediate { get; } = new(128, TimeSpan.Zero, 8, MostPending);

    public static WriteLimits Batched(int size, TimeSpan interval) => new(size, interval, 4, Math.Max(size * 10, 1000));
}
