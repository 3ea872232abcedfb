namespace Oxcaching.Writes;

/// <summary>Tells all who wait that something has happened. Guarded by its owner's lock.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _source;

    /// <summary>Completes when it happens next.</summary>
    public Task Next => (_source ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Tell()
    {
        _source?.TrySetResult();
        _source = null;
    }
}
