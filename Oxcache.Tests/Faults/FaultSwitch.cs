using System.Text;

namespace Oxcaching.Tests.Faults;

/// <summary>The fault in force, and a way to wait until it is another. Never changed: a new fault is a new switch.</summary>
internal sealed class FaultSwitch(Fault fault)
{
    private readonly TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _holds = fault is { Kind: FaultKind.Hold, From: null };

    public Fault Fault => fault;

    /// <summary>Whether these bytes, which come next, are held.</summary>
    public bool Holds(ReadOnlySpan<byte> bytes) => _holds |= fault.From is { } text && bytes.IndexOf(Encoding.Latin1.GetBytes(text)) >= 0;

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
