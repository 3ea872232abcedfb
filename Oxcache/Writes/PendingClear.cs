namespace Oxcaching.Writes;

/// <summary>A clear that Redis has not acknowledged yet.</summary>
/// <param name="calledAt">When it was called, as a timestamp.</param>
internal sealed class PendingClear(long calledAt)
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long CalledAt => calledAt;

    /// <summary>Whether it was tried before, so that others may have written since it was called.</summary>
    public bool Waited { get; set; }

    /// <summary>Completes when Redis has acknowledged it (true), or has failed to.</summary>
    public Task<bool> Answer => _answer.Task;

    public void Complete(bool acknowledged) => _answer.TrySetResult(acknowledged);
}
