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

    /// <summary>Takes the place of an earlier one, whose caller gets this one's answer unless he gets his own before.</summary>
    public void Replace(PendingClear earlier) =>
        Answer.ContinueWith(
            static (answer, earlier) => ((PendingClear)earlier!).Complete(answer.Result),
            earlier,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    public void Complete(bool acknowledged) => _answer.TrySetResult(acknowledged);
}
