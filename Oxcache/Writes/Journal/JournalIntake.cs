namespace Oxcaching.Writes;

/// <summary>The memory's side of a journal: the live records, and what of all that happened is not written yet. Thread-safe.</summary>
/// <param name="capacity">The most bytes of live records.</param>
/// <remarks>
/// Invariant: the file and the batch together, in this order, say what is live. Who has no room gets it from what is worth less: a
/// value that finds none is kept as the delete of its key, and a delete that finds none turns the oldest sets into deletes. A key
/// loses its value then, but never gets an older one back.
/// </remarks>
internal sealed class JournalIntake(long capacity)
{
    /// <summary>Frees this part of the capacity at once, for looking for what can be freed means going through all.</summary>
    private const int ShrinkPart = 8;

    private readonly Lock _lock = new();
    private readonly LiveRecords _live = new();
    private JournalBatch _batch = new();
    private JournalBatch? _taken;
    private bool _closed;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
            {
                return _batch.Records.Count == 0;
            }
        }
    }

    public long LiveBytes
    {
        get
        {
            lock (_lock)
            {
                return _live.Bytes;
            }
        }
    }

    /// <summary>Takes in records that are in files already.</summary>
    public void Load(IEnumerable<JournalRecord> records)
    {
        foreach (var record in records)
        {
            _live.Apply(record);
        }
    }

    /// <summary>Takes in a set, delete or clear.</summary>
    public JournalAdmission Add(JournalRecord record)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return new JournalAdmission(JournalOutcome.InMemory, 0, Task.FromResult(false));
            }

            if (Fits(record))
            {
                return Admit(record, JournalOutcome.Kept, 0);
            }

            var isSet = record.Kind == JournalRecordKind.Set;
            var kept = isSet ? record.AsDelete() : record;
            var dropped = (isSet ? 1 : 0) + (Fits(kept) ? 0 : Shrink());
            return Fits(kept)
                ? Admit(kept, isSet ? JournalOutcome.KeptAsDelete : JournalOutcome.Kept, dropped)
                : new JournalAdmission(JournalOutcome.Refused, isSet ? dropped : dropped + 1, Task.FromResult(false));
        }
    }

    /// <summary>Takes in that a record needs no replay; false when that is known already.</summary>
    public bool Complete(JournalRecord record)
    {
        lock (_lock)
        {
            var done = record.AsDone();
            if (_closed || !_live.Apply(done))
            {
                return false;
            }

            _batch.Add(done);
            return true;
        }
    }

    /// <summary>Takes in nothing more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>What is to be written now.</summary>
    public JournalBatch Take()
    {
        lock (_lock)
        {
            var batch = _batch;
            _batch = new JournalBatch();
            _taken = batch;
            return batch;
        }
    }

    /// <summary>Completes with the attempt to write all that was taken in so far.</summary>
    public Task Settled()
    {
        lock (_lock)
        {
            return _batch.Records.Count > 0 ? _batch.Attempt : _taken?.Attempt ?? Task.CompletedTask;
        }
    }

    public JournalRecord[] Live()
    {
        lock (_lock)
        {
            return _live.ToArray();
        }
    }

    private JournalAdmission Admit(JournalRecord record, JournalOutcome outcome, int dropped)
    {
        _live.Apply(record);
        _batch.Add(record);
        return new JournalAdmission(outcome, dropped, _batch.Wait());
    }

    /// <remarks>What makes the live records no larger always fits, also when more of them were found than there is room for.</remarks>
    private bool Fits(JournalRecord record) =>
        record.Size <= JournalFormat.LargestRecord && _live.BytesWith(record) <= Math.Max(capacity, _live.Bytes);

    private int Shrink()
    {
        var shrunk = _live.Shrink(capacity - (capacity / ShrinkPart));
        shrunk.ForEach(_batch.Add);
        return shrunk.Count;
    }
}
