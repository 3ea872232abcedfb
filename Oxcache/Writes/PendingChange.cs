using Oxcaching.Timing;

namespace Oxcaching.Writes;

/// <summary>A set, delete or clear that Redis has not acknowledged yet, and what the write-ahead log has of it. Thread-safe.</summary>
internal abstract class PendingChange
{
    private List<JournalRecord>? _superseded;
    private PendingChange? _successor;
    private JournalRecord? _record;
    private bool _hasArrived;

    /// <summary>When it was called; of one that an earlier process left, when it was found.</summary>
    /// <remarks>A write gets it when it begins, and its <see cref="Id"/>.</remarks>
    public CallMoment Call { get; set; }

    /// <summary>The nonce of what it writes, so that a second attempt can tell that the first has arrived.</summary>
    public ulong Id { get; set; }

    /// <summary>Whether it had to wait, for others or for Redis, so that others may have written since it was called.</summary>
    public bool Waited { get; set; }

    /// <summary>What an earlier process has left of it; otherwise null.</summary>
    public JournalRecord? Left { get; init; }

    /// <summary>The clear that was pending when this one began; otherwise null.</summary>
    public PendingClear? After { get; set; }

    /// <summary>Takes the place of an earlier change of the same keys. Where the log has that one, it has none before it any more.</summary>
    public void Supersede(PendingChange earlier)
    {
        lock (earlier)
        {
            earlier._successor = this;
            var last = earlier._record ?? earlier.Left;
            _superseded = Joined(_superseded, last is null ? earlier._superseded : null, last);
        }
    }

    /// <summary>Names the newest that has come after it, past those in between, which nobody needs any more.</summary>
    public void LeadTo(PendingChange newest)
    {
        lock (this)
        {
            _successor = newest;
        }
    }

    /// <summary>
    /// Has the log take it in, or the last that came after it; completes when that is as durable as the policy says. Where it needs no
    /// log, for Redis has it, completes when the log has no older one of its keys any more, which a crash would bring back.
    /// </summary>
    public async ValueTask KeepAsync(Journal? journal, Func<PendingChange, JournalRecord> newRecord)
    {
        ValueTask<JournalOutcome>? keeping = null;
        var next = TryKeep(journal, newRecord, ref keeping);
        while (next is not null)
        {
            next = next.TryKeep(journal, newRecord, ref keeping);
        }

        if (keeping is { } appended)
        {
            await appended.ConfigureAwait(false);
        }
        else if (journal is not null)
        {
            await journal.SettledAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Redis has it: the log need not keep it any more, nor what it took the place of.</summary>
    public void Forget(Journal? journal)
    {
        lock (this)
        {
            _hasArrived = true;
            _superseded = Joined(_superseded, null, _record ?? Left);
            _superseded?.ForEach(record => journal?.Complete(record));
            _superseded = null;
        }
    }

    /// <returns>What came after it: a record that was appended after that one's would take its place.</returns>
    private PendingChange? TryKeep(Journal? journal, Func<PendingChange, JournalRecord> newRecord, ref ValueTask<JournalOutcome>? keeping)
    {
        lock (this)
        {
            if (_successor is null && !_hasArrived && _record is null && Left is null && journal is not null)
            {
                // A clear takes out of the log what stands there before it.
                After?.TryKeep(journal, newRecord, ref keeping);
                _record = newRecord(this);
                keeping = journal.AppendAsync(_record);
            }

            return _successor;
        }
    }

    private static List<JournalRecord>? Joined(List<JournalRecord>? records, List<JournalRecord>? more, JournalRecord? last)
    {
        if (more is not null)
        {
            (records ??= []).AddRange(more);
        }

        if (last is not null)
        {
            (records ??= []).Add(last);
        }

        return records;
    }
}
