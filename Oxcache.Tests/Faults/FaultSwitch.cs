namespace Oxcaching.Tests.Faults;

/// <summary>The fault in force, and a way to wait until it is another. Never changed: a new fault is a new switch.</summary>
internal sealed class FaultSwitch(Fault fault)
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Fault Fault => fault;

    public void Change() => _changed.TrySetResult();

    /// <summary>Until the fault is another.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => _changed.Task.WaitAsync(cancellationToken);

    /// <summary>Until the time is over or the fault is another.</summary>
    public async Task ChangedWithinAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (time > TimeSpan.Zero)
        {
            await _changed.Task.WaitAsync(time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
