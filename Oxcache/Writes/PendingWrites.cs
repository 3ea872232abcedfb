using System.Diagnostics.CodeAnalysis;
using Oxcaching.Timing;

namespace Oxcaching.Writes;

/// <summary>The writes of one service that Redis has not acknowledged yet: the newest of each key, sent in the order of each key. Thread-safe.</summary>
/// <remarks>
/// Invariants. Of one key there is at most one write on its way, and no other is sent before that has arrived or failed. A write
/// leaves when Redis has acknowledged it or when a newer one of its key, or a clear, takes its place, and by nothing else. A clear
/// is sent when nothing else is on its way, and nothing else is sent, or in the log, before it. The first write of
/// an idle queue is sent at once; those that come while one is on its way gather until it has arrived, a batch is full, or one of
/// them has waited for the interval. What has failed, or cannot be sent, is in the log before its caller goes on.
/// </remarks>
internal sealed partial class PendingWrites : IAsyncDisposable
{
    private readonly IWriteTarget _target;
    private readonly Func<PendingChange, JournalRecord> _recordOf;
    private readonly WriteLimits _limits;
    private readonly Journal? _journal;
    private readonly TimeProvider _time;
    private readonly ITimer _gathered;
    private readonly RetryPause _pause;
    private readonly CallTimeouts _waits;
    private readonly Lock _lock = new();
    private readonly PendingTable _table = new();
    private readonly Signal _room = new();
    private readonly Signal _empty = new();
    private volatile bool _isClearBehind;
    private volatile bool _isClosed;
    private volatile PendingClear? _clear;
    private volatile bool _isClearParked;

    /// <param name="target">Where they go.</param>
    /// <param name="limits">How they are gathered, and how many there may be.</param>
    /// <param name="journal">Keeps them through a restart; null: nothing does. Closed with the queue.</param>
    /// <param name="time">The clock.</param>
    public PendingWrites(IWriteTarget target, WriteLimits limits, Journal? journal, TimeProvider time)
    {
        _journal = journal;
        _target = target;
        _recordOf = target.RecordOf;
        _limits = limits;
        _time = time;
        _gathered = time.CreateTimer(static pending => ((PendingWrites)pending!).Gathered(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _waits = new CallTimeouts(time);
        _pause = new RetryPause(time, Retry);
    }

    /// <summary>How many keys have pending writes.</summary>
    public int Count => _table.Count;

    /// <summary>Whether there is no room for a value more.</summary>
    public bool IsFull => Count >= _limits.Most || HasNoRoomFor(0);

    /// <summary>Whether there is no room for a delete either.</summary>
    public bool IsOverflowing => _table.Bytes >= _limits.MostBytesOfDeletes;

    /// <summary>Whether who waits for an answer would wait in vain, for now.</summary>
    public bool IsStalled => _isClearParked || _target.IsCutOff;

    /// <summary>Whether who waits for room would wait in vain, or for longer than he should: what is pending does not arrive.</summary>
    public bool IsRoomInVain => IsStalled || IsBehind;

    /// <summary>How many writes and clears are pending.</summary>
    public int Unacknowledged => Count + (IsClearDue ? 1 : 0);

    /// <summary>Whether there are changes that have failed, or that were pending when Redis came back, and have not arrived since.</summary>
    public bool IsBehind => _table.Behind > 0 || (_isClearBehind && IsClearDue);

    /// <summary>Raised from any thread when it has fallen behind or caught up.</summary>
    public event Action? BehindChanged;

    /// <summary>Whether there is a clear to be sent: what stands in Redis is obsolete.</summary>
    public bool IsClearDue => _clear is not null;

    /// <summary>Whether a value of so many bytes would make them take more memory than they may.</summary>
    public bool HasNoRoomFor(long bytes) => _table.Bytes + bytes >= _limits.MostBytes;

    /// <summary>The newest write of a key.</summary>
    public bool TryFind(string key, [NotNullWhen(true)] out PendingWrite? write)
    {
        write = null;
        if (Count == 0)
        {
            return false;
        }

        lock (_lock)
        {
            write = _table.NewestOf(key);
            return write is not null;
        }
    }

    /// <summary>Waits while there are too many; not for a Redis that is away, takes none or has to catch up.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        while (IsFull && !IsRoomInVain)
        {
            Task room;
            lock (_lock)
            {
                if (!IsFull)
                {
                    return;
                }

                room = _room.Next;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes in a write. It is not sent before <see cref="Pump"/>.</summary>
    /// <remarks>Who waits for the one that it takes the place of gets its answer: what comes of the key is up to the new one.</remarks>
    public void Add(PendingWrite write)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                write.Complete(WriteAnswer.Pending);
                return;
            }

            write.After = _clear;
            _table.Add(write, _time.GetTimestamp());
        }
    }

    /// <summary>Waits for the answer to a write; null once the deadline is over, where there is one.</summary>
    public ValueTask<WriteAnswer?> AnswerAsync(Task<WriteAnswer> answer, Deadline? deadline) =>
        deadline is { } end ? AnswerWait.ForAsync(answer, _waits, end) : AnswerWait.ForAsync(answer);

    /// <summary>Has the log keep a change that does not wait for Redis.</summary>
    public ValueTask KeepAsync(PendingChange change) => change.KeepAsync(_journal, _recordOf);

    /// <summary>Abandons every write, and clears the service.</summary>
    public PendingClear Clear(PendingClear clear)
    {
        if (_isClosed)
        {
            clear.Complete(false);
            return clear;
        }

        Abandon(clear);
        Pump();
        return clear;
    }

    /// <summary>Redis is back: what has failed is sent again without a further pause.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _pause.Reset();
            _isClearBehind = _clear is not null;
            _table.FallBehind();
        }

        TellIfBehind();
        Retry();
    }

    /// <summary>Completes when nothing is pending any more.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_lock)
        {
            return IsEmpty ? Task.CompletedTask : _empty.Next;
        }
    }

    /// <summary>Has the log keep everything that is pending now.</summary>
    public async Task KeepAllAsync()
    {
        List<PendingChange> pending;
        lock (_lock)
        {
            pending = [.. _table.Newest];
            pending.AddRange(_clear is null ? [] : [_clear]);
        }

        // All at once, so that the log has them on the disk in one go.
        await Task.WhenAll(pending.ConvertAll(change => KeepAsync(change).AsTask())).ConfigureAwait(false);
    }

    /// <summary>Leaves to the log what is left, and takes nothing in any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        await KeepAllAsync().ConfigureAwait(false);
        Abandon(null);
        await _gathered.DisposeAsync().ConfigureAwait(false);
        await _pause.DisposeAsync().ConfigureAwait(false);
        _waits.Dispose();
        if (_journal is not null)
        {
            await _journal.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsEmpty => Count == 0 && _clear is null;

    private void Abandon(PendingClear? inFavourOf)
    {
        List<PendingWrite> abandoned;
        lock (_lock)
        {
            abandoned = _table.Abandon(inFavourOf);
            if (_clear is { } earlier && inFavourOf is not null)
            {
                inFavourOf.Supersede(earlier);
                inFavourOf.Replace(earlier);
            }
            else
            {
                _clear?.Complete(false);
            }

            (_clear, _isClearParked) = (inFavourOf, false);
            _room.Tell();
            TellIfEmpty();
        }

        abandoned.ForEach(write => write.Complete(WriteAnswer.Pending));
    }
}
