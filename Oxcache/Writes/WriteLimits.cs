namespace Oxcaching.Writes;

/// <summary>How writes are gathered, and how many may be pending.</summary>
/// <param name="BatchSize">How many are sent together at most.</param>
/// <param name="BatchInterval">How long one waits at most for those under way, before it is sent beside them.</param>
/// <param name="BatchesInFlight">How many batches are under way at most.</param>
/// <param name="Most">How many keys may have pending writes; who comes when there are more waits, unless Redis is away.</param>
/// <param name="MostBytes">What pending writes may take in memory; deletes may take a quarter more.</param>
internal sealed record WriteLimits(int BatchSize, TimeSpan BatchInterval, int BatchesInFlight, int Most, long MostBytes)
{
    private const int MostPending = 100_000;

    /// <summary>A server reads what has come all at once and answers it all at once: with few it would wait for us, as we for it.</summary>
    private const int MostInFlight = 8;

    /// <summary>What deletes may take in memory.</summary>
    public long MostBytesOfDeletes => MostBytes + (MostBytes / 4);

    /// <summary>Each write is sent at once, unless many are under way; those that were made together go together.</summary>
    public static WriteLimits Immediate(long mostBytes) => new(128, TimeSpan.Zero, MostInFlight, MostPending, mostBytes);

    public static WriteLimits Batched(int size, TimeSpan interval, long mostBytes) => new(size, interval, MostInFlight, Math.Max(size * 10, 1000), mostBytes);
}
