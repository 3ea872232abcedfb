namespace Oxcaching.Recovery;

/// <summary>Counts what is under way, so that a shutdown can wait for it. Thread-safe.</summary>
internal sealed class Outstanding
{
    private int _count;
    private TaskCompletionSource? _idle;

    public void Begin() => Interlocked.Increment(ref _count);

    public void End()
    {
        // Looked at before it is taken: whoever waits is rare, and to take what is not there costs as much as to take it.
        if (Interlocked.Decrement(ref _count) == 0 && Volatile.Read(ref _idle) is not null)
        {
            Interlocked.Exchange(ref _idle, null)?.TrySetResult();
        }
    }

    /// <summary>Completes at a moment at which nothing is under way.</summary>
    public Task WhenIdleAsync()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var idle = Interlocked.CompareExchange(ref _idle, fresh, null) ?? fresh;

        // Looked at after the source is there to be seen: whoever ends last either finds it, or ended before.
        if (Volatile.Read(ref _count) == 0)
        {
            idle.TrySetResult();
            Interlocked.CompareExchange(ref _idle, null, idle);
        }

        return idle.Task;
    }
}
