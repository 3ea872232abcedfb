using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>A Redis whose answers come when the test says so. What follows from an answer has happened when the call that gives it returns.</summary>
internal sealed class ControlledTarget : IWriteTarget
{
    private readonly List<SentBatch> _batches = [];
    private readonly Queue<TaskCompletionSource<bool>> _clears = [];

    public bool IsCutOff { get; set; }

    /// <summary>Those under way, the oldest first.</summary>
    public IReadOnlyList<SentBatch> UnderWay => _batches.FindAll(batch => !batch.IsAnswered);

    public int ClearsUnderWay => _clears.Count;

    /// <summary>Everything that was ever sent, in short: the batches in the order in which they were sent.</summary>
    public string Sent => string.Join(" | ", _batches);

    /// <summary>What was told of writes, in short.</summary>
    public List<string> Told { get; } = [];

    /// <summary>Asked when a write is told to have arrived.</summary>
    public Action<PendingWrite>? OnArrived { get; set; }

    public Task<RemoteWritten?[]?> SendAsync(IReadOnlyList<PendingWrite> writes)
    {
        var batch = new SentBatch(writes);
        _batches.Add(batch);
        return batch.Answer;
    }

    public Task<bool> ClearAsync(PendingClear clear)
    {
        _clears.Enqueue(new TaskCompletionSource<bool>());
        return _clears.Peek().Task;
    }

    public JournalRecord RecordOf(PendingChange change) => change is not PendingWrite write ? Records.Clear()
        : write.Envelope is { } value ? Records.Set(write.Key.Text, value) : Records.Delete(write.Key.Text);

    public void Arrived(PendingWrite write, RemoteWritten written)
    {
        Told.Add($"{write.Brief()} arrived");
        OnArrived?.Invoke(write);
    }

    public void Unanswered(PendingWrite write) => Told.Add($"{write.Brief()} unanswered");

    /// <summary>The oldest batch under way arrives.</summary>
    public void Acknowledge(ScriptOutcome outcome = ScriptOutcome.Stored) => UnderWay[0].Complete(_ => outcome);

    /// <summary>The oldest batch under way gets no answer.</summary>
    public void Fail() => UnderWay[0].Complete(null);

    public void AnswerClear(bool acknowledged) => HereAndNow.Run(() => _clears.Dequeue().SetResult(acknowledged));
}
