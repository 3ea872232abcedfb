namespace Oxcaching.Writes;

/// <summary>A clear that Redis has not acknowledged yet.</summary>
internal sealed class PendingClear : PendingChange
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when Redis has acknowledged it (true), or has failed to.</summary>
    public Task<bool> Answer => _answer.Task;

    public void Complete(bool acknowledged) => _answer.TrySetResult(acknowledged);
}
