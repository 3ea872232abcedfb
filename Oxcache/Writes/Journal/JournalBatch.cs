namespace Oxcaching.Writes;

/// <summary>Records that are written together, and those who wait for it.</summary>
internal sealed class JournalBatch
{
    private readonly TaskCompletionSource<bool> _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<JournalRecord> _records = [];

    public IReadOnlyList<JournalRecord> Records => _records;

    public long Bytes { get; private set; }

    public int Waiting { get; private set; }

    public void Add(JournalRecord record)
    {
        _records.Add(record);
        Bytes += record.Size;
    }

    /// <summary>Completes with the attempt to write the records.</summary>
    public Task Attempt => _written.Task;

    /// <summary>Completes with whether the file has the records.</summary>
    public Task<bool> Wait()
    {
        Waiting++;
        return _written.Task;
    }

    public void Complete(bool written) => _written.SetResult(written);
}
