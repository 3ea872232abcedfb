using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Writes on their way to a <see cref="ControlledTarget"/>.</summary>
internal sealed class SentBatch(IReadOnlyList<PendingWrite> writes)
{
    private readonly TaskCompletionSource<RemoteWritten?[]?> _answer = new();

    public Task<RemoteWritten?[]?> Answer => _answer.Task;

    public bool IsAnswered => _answer.Task.IsCompleted;

    /// <summary>What comes of each write, null where that is not known; or null as a whole.</summary>
    public void Complete(Func<PendingWrite, ScriptOutcome?>? outcomeOf) => HereAndNow.Run(() => _answer.SetResult(
        outcomeOf is null ? null : [.. writes.Select(write => outcomeOf(write) is { } outcome ? new RemoteWritten(outcome, default) : (RemoteWritten?)null)]));

    public override string ToString() => string.Join(' ', writes.Select(write => write.Brief()));
}
