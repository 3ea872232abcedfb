namespace Oxcaching.Writes;

/// <summary>A clear that Redis has not acknowledged yet.</summary>
internal sealed class PendingClear : PendingChange
{
    private readonly TaskCompletionSource<bool> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
