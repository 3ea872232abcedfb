using Oxcaching.Configuration;

namespace Oxcaching.Writes;

/// <summary>
/// The write-ahead log of one service in one process: what a restart must know of the writes that Redis has not acknowledged.
/// Thread-safe; nothing here throws because of the disk.
/// </summary>
/// <remarks>
/// <para>
/// Durable. A record answered with <see cref="JournalOutcome.Kept"/> is in the operating system's hands, so it outlasts the process
/// however that ends. With <see cref="WalSync.Always"/> it is on the disk, too; with <see cref="WalSync.Interval"/> flushing it begins
/// within <see cref="FlushInterval"/>, and a crash of the machine takes what was not flushed. Marks that a record is done wait for
/// the interval with either: to lose one costs a replay that changes nothing.
/// </para>
/// <para>
/// Order. Records are in the file in the order of the calls of <see cref="AppendAsync"/>. The newest of a key supersedes the older
/// ones for good, also when it is itself done or refused, and a clear supersedes all.
/// </para>
/// <para>
/// Recovery. What a process leaves is found by the next one that opens a journal with the same folder, service and identity: of each
/// key the newest record that is not done, those of one process in their order, a clear first. No record that is not as it was
/// appended, and every one that is. Between the files of several processes the stamps decide (<see cref="JournalMerge"/>).
/// </para>
/// </remarks>
internal sealed class Journal : IAsyncDisposable
{
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the journal waits before it tries a disk again that refused.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly JournalIntake _intake;
    private readonly JournalWriter _writer;
    private readonly JournalEvents _events;
    private readonly Lazy<Task> _closing;

    private Journal(JournalIntake intake, JournalWriter writer, JournalEvents events)
    {
        _intake = intake;
        _writer = writer;
        _events = events;
        _closing = new Lazy<Task>(CloseAsync);
    }

    /// <summary>False while the disk refuses.</summary>
    public bool IsDurable => !_writer.IsDown;

    /// <summary>How often a file was flushed to the disk.</summary>
    public int Flushes => _writer.Flushes;

    /// <summary>Opens the journal and reads what was left. Never fails because of files: then it begins in memory, and reports it.</summary>
    /// <param name="settings">Where, when to flush, and how large.</param>
    /// <param name="service">A valid service name.</param>
    /// <param name="identity">Names what is written to, without secrets: the address of Redis, the database, the key prefix.</param>
    /// <param name="events">Told of all that somebody should know.</param>
    /// <param name="time">Drives flushing and retrying.</param>
    /// <param name="recovered">What earlier processes left to be replayed. It stays in the journal until it is completed or superseded.</param>
    public static Journal Open(
        JournalSettings settings, string service, string identity, JournalEvents events, TimeProvider time, out IReadOnlyList<JournalRecord> recovered)
    {
        var store = new JournalStore(new JournalSlots(settings.Folder ?? JournalFolder.Default, service, identity), events, time);

        // Three quarters for what is live, so that a compaction of a full file always frees a quarter.
        var intake = new JournalIntake(settings.MaxBytes / 4 * 3);
        var writer = new JournalWriter(settings, intake, store, events, time);
        try
        {
            recovered = store.Recover();
            intake.Load(recovered);
            writer.Rewrite();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            recovered = [];
            writer.Suspend(e);
        }

        if (recovered.Count > 0)
        {
            events.Recovered(recovered.Count);
        }

        return new Journal(intake, writer, events);
    }

    /// <summary>Takes in a set, delete or clear, and completes when it is as durable as the policy says, or will not be.</summary>
    public async ValueTask<JournalOutcome> AppendAsync(JournalRecord record)
    {
        var admission = _intake.Add(record);
        if (admission.Dropped > 0)
        {
            _events.NoRoom(admission.Dropped);
        }

        if (admission.Outcome == JournalOutcome.Refused)
        {
            return JournalOutcome.Refused;
        }

        _writer.Wake();
        return await admission.Written.ConfigureAwait(false) ? admission.Outcome : JournalOutcome.InMemory;
    }

    /// <summary>Takes in that Redis has acknowledged the record: it needs no replay. One that was superseded needed none already.</summary>
    public void Complete(JournalRecord record)
    {
        if (_intake.Complete(record))
        {
            _writer.Wake();
        }
    }

    /// <summary>Completes when what was taken in so far, marks included, is in the operating system's hands, or will not be. At once where there is nothing to write.</summary>
    public Task SettledAsync() => _intake.Settled();

    /// <summary>Writes and flushes what is left, and lets go of the files. What comes later is in memory alone.</summary>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        _intake.Close();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }
}
