using System.Numerics;
using System.Runtime.InteropServices;

namespace Oxcaching.Recovery;

/// <summary>Counts what is under way, so that a shutdown can wait for it. Thread-safe.</summary>
/// <remarks>
/// Each processor counts for itself, or they would take the count from each other at every call. Invariant: the ends are added up
/// before the beginnings. Of whatever has not ended by then the beginning is counted and the end is not, and nothing has its end
/// counted without its beginning; so where the sums are equal, nothing is under way that was when it was asked.
/// </remarks>
internal sealed class Outstanding
{
    private readonly Count[] _counts = new Count[BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount, 16))];
    private TaskCompletionSource? _idle;

    public void Begin() => Interlocked.Increment(ref Mine.Begun);

    public void End()
    {
        Interlocked.Increment(ref Mine.Ended);
        if (Volatile.Read(ref _idle) is not null && IsIdle())
        {
            Interlocked.Exchange(ref _idle, null)?.TrySetResult();
        }
    }

    /// <summary>Completes when nothing is under way any more that is now.</summary>
    public Task WhenIdleAsync()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var idle = Interlocked.CompareExchange(ref _idle, fresh, null) ?? fresh;

        // Looked at after the source is there to be seen: whoever ends last either finds it, or ended before.
        if (IsIdle())
        {
            idle.TrySetResult();
            Interlocked.CompareExchange(ref _idle, null, idle);
        }

        return idle.Task;
    }

    private ref Count Mine => ref _counts[Thread.GetCurrentProcessorId() & (_counts.Length - 1)];

    private bool IsIdle()
    {
        var ended = 0L;
        foreach (ref var count in _counts.AsSpan())
        {
            ended += Volatile.Read(ref count.Ended);
        }

        var begun = 0L;
        foreach (ref var count in _counts.AsSpan())
        {
            begun += Volatile.Read(ref count.Begun);
        }

        return begun == ended;
    }

    /// <summary>A cache line of its own.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Count
    {
        public long Begun;
        public long Ended;
    }
}
