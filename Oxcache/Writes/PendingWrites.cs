using System.Diagnostics.CodeAnalysis;
using Oxcaching.Remote;

namespace Oxcaching.Writes;

/// <summary>The writes of one service that Redis has not acknowledged yet: the newest of each key, sent in the order of each key. Thread-safe.</summary>
/// <remarks>
/// Invariants. Of one key there is at most one write on its way, and no other is sent before that has arrived or failed. A write
/// leaves when Redis has acknowledged it or when a newer one of its key, or a clear, takes its place, and by nothing else. A clear
/// is sent when nothing else is on its way, and nothing else is sent before it. The first write of
/// an idle queue is sent at once; those that come while one is on its way gather until it has arrived, a batch is full, or one of
/// them has waited for the interval. What has failed, or cannot be sent, is in the log before its caller goes on.
/// </remarks>
internal sealed class PendingWrites : IAsyncDisposable
{
    private const long MostBytesInBatch = 4 << 20;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IWriteTarget _target;
    private readonly WriteLimits _limits;
    private readonly Journal? _journal;
    private readonly TimeProvider _time;
    private readonly ITimer _gathered;
    private readonly ITimer _retry;
    private readonly CallTimeouts _waits;
    private readonly Lock _lock = new();
    private readonly PendingTable _table = new();
    private int _inFlight;
    private volatile bool _isClearBehind;
    private bool _toldBehind;

    /// <summary>Whose interval the timer is set for, by when that one began to wait.</summary>
    private long? _gatheredSince;
    private volatile bool _isClosed;
    private TimeSpan _pause = TimeSpan.Zero;
    private volatile PendingClear? _clear;
    private volatile bool _isClearParked;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _empty;

    /// <param name="target">Where they go.</param>
    /// <param name="limits">How they are gathered, and how many there may be.</param>
    /// <param name="journal">Keeps them through a restart; null: nothing does. Closed with the queue.</param>
    /// <param name="time">The clock.</param>
    public PendingWrites(IWriteTarget target, WriteLimits limits, Journal? journal, TimeProvider time)
    {
        _journal = journal;
        _target = target;
        _limits = limits;
        _time = time;
        _gathered = Timer(static pending => ((PendingWrites)pending!).Gathered());
        _waits = new CallTimeouts(time);
        _retry = Timer(static pending => ((PendingWrites)pending!).Retry());
    }

    /// <summary>How many keys have pending writes.</summary>
    public int Count => _table.Count;

    /// <summary>Whether there is no room for a value more.</summary>
    public bool IsFull => Count >= _limits.Most || HasNoRoomFor(0);

    /// <summary>Whether there is no room for a delete either.</summary>
    public bool IsOverflowing => _table.Bytes >= _limits.MostBytesOfDeletes;

    /// <summary>Whether who waits for an answer would wait in vain, for now.</summary>
    public bool IsStalled => _isClearParked || _target.IsCutOff;

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

    /// <summary>Waits while there are too many; not for a Redis that is away.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        while (IsFull && !IsStalled)
        {
            Task room;
            lock (_lock)
            {
                if (!IsFull)
                {
                    return;
                }

                room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
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

            _table.Add(write, _time.GetTimestamp());
        }
    }

    /// <summary>Waits for the answer to a write; null once the deadline is over, where there is one.</summary>
    public ValueTask<WriteAnswer?> AnswerAsync(Task<WriteAnswer> answer, Deadline? deadline) =>
        deadline is { } end ? AnswerWait.ForAsync(answer, _waits, end) : AnswerWait.ForAsync(answer);

    /// <summary>Has the log keep a change that does not wait for Redis.</summary>
    public ValueTask KeepAsync(PendingChange change) => change.KeepAsync(_journal, _target.RecordOf);

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

    /// <summary>Sends what may be sent.</summary>
    public void Pump()
    {
        if (TakeClear() is { } clear)
        {
            _ = SendClearAsync(clear);
            return;
        }

        while (TakeBatch() is { } batch)
        {
            _ = SendAsync(batch);
        }
    }

    /// <summary>Redis is back: what has failed is sent again without a further pause.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _pause = TimeSpan.Zero;
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
            return IsEmpty ? Task.CompletedTask : (_empty ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Leaves to the log what is left, and takes nothing in any more.</summary>
    public async ValueTask DisposeAsync()
    {
        List<PendingChange> left;
        lock (_lock)
        {
            _isClosed = true;
            left = [.. _table.Newest];
            left.AddRange(_clear is null ? [] : [_clear]);
        }

        foreach (var change in left)
        {
            await KeepAsync(change).ConfigureAwait(false);
        }

        Abandon(null);
        await _gathered.DisposeAsync().ConfigureAwait(false);
        await _retry.DisposeAsync().ConfigureAwait(false);
        _waits.Dispose();
        if (_journal is not null)
        {
            await _journal.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsEmpty => Count == 0 && _clear is null;

    private ITimer Timer(TimerCallback callback) => _time.CreateTimer(callback, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

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
            TellOfRoom();
            TellIfEmpty();
        }

        abandoned.ForEach(write => write.Complete(WriteAnswer.Pending));
    }

    private void Gathered()
    {
        lock (_lock)
        {
            _gatheredSince = null;
        }

        Pump();
    }

    private void Retry()
    {
        lock (_lock)
        {
            _isClearParked = false;
            _table.Unpark();

            // Who waits for room looks whether there is any sense in it: Redis may be away by now.
            TellOfRoom();
        }

        Pump();
    }

    private PendingClear? TakeClear()
    {
        lock (_lock)
        {
            if (_clear is null)
            {
                return null;
            }

            if (_isClearParked || _inFlight > 0 || _target.IsCutOff)
            {
                _clear.Waited = true;
                if (_target.IsCutOff)
                {
                    // Its caller need not wait until Redis is back.
                    _clear.Complete(false);
                }

                return null;
            }

            _inFlight++;
            _table.Hold();
            return _clear;
        }
    }

    private async Task SendClearAsync(PendingClear clear)
    {
        var acknowledged = await _target.ClearAsync(clear).ConfigureAwait(false);
        lock (_lock)
        {
            _inFlight--;
            if (!acknowledged)
            {
                (clear.Waited, _isClearParked, _isClearBehind) = (true, _clear == clear, true);
                RetryLater();
            }
            else
            {
                clear.Forget(_journal);
            }

            if (acknowledged && _clear == clear)
            {
                (_clear, _pause) = (null, TimeSpan.Zero);
                TellIfEmpty();
            }
        }

        if (!acknowledged)
        {
            await KeepAsync(clear).ConfigureAwait(false);
        }

        clear.Complete(acknowledged);
        TellIfBehind();
        Pump();
    }

    private List<PendingWrite>? TakeBatch()
    {
        lock (_lock)
        {
            if (!MaySend())
            {
                _table.Hold();
                return null;
            }

            _inFlight++;
            return _table.Take(_limits.BatchSize, MostBytesInBatch);
        }
    }

    private bool MaySend()
    {
        if (_table.First is not { } first || _clear is not null || _target.IsCutOff || _inFlight >= _limits.BatchesInFlight)
        {
            return false;
        }

        if (_inFlight == 0 || _table.Queued >= _limits.BatchSize)
        {
            return true;
        }

        var left = _limits.BatchInterval - _time.GetElapsedTime(first.WaitingSince);
        if (left > TimeSpan.Zero && _gatheredSince != first.WaitingSince)
        {
            _gatheredSince = first.WaitingSince;
            _gathered.Change(left, Timeout.InfiniteTimeSpan);
        }

        return left <= TimeSpan.Zero;
    }

    private async Task SendAsync(List<PendingWrite> batch)
    {
        var written = await _target.SendAsync(batch).ConfigureAwait(false);
        for (var i = 0; i < batch.Count; i++)
        {
            if (written?[i] is { } one && one.Outcome != ScriptOutcome.Full)
            {
                Arrived(batch[i], one);
            }
            else
            {
                Failed(batch[i]);
            }
        }

        lock (_lock)
        {
            _inFlight--;
        }

        TellIfBehind();
        Pump();
    }

    private void Arrived(PendingWrite write, RemoteWritten written)
    {
        write.Forget(_journal);

        // While it is still pending: between the two a reader finds either it or what it has left in L1.
        _target.Arrived(write, written);
        lock (_lock)
        {
            _pause = _table.Arrived(write) ? TimeSpan.Zero : _pause;
            TellOfRoom();
            TellIfEmpty();
        }

        write.Complete(new WriteAnswer(true, written.Outcome is not ScriptOutcome.NothingThere));
    }

    private void Failed(PendingWrite write)
    {
        _target.Unanswered(write);
        lock (_lock)
        {
            if (_table.Failed(write, _time.GetTimestamp()))
            {
                RetryLater();
            }

            TellOfRoom();
            TellIfEmpty();
        }

        _ = CompleteWhenKeptAsync(write);
    }

    private async Task CompleteWhenKeptAsync(PendingWrite write)
    {
        await KeepAsync(write).ConfigureAwait(false);
        write.Complete(WriteAnswer.Pending);
    }

    private void TellOfRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }

    private void TellIfEmpty()
    {
        if (IsEmpty)
        {
            _empty?.TrySetResult();
            _empty = null;
        }
    }

    private void TellIfBehind()
    {
        bool isNews;
        lock (_lock)
        {
            isNews = IsBehind != _toldBehind;
            _toldBehind = IsBehind;
        }

        if (isNews)
        {
            BehindChanged?.Invoke();
        }
    }

    /// <summary>What fails again and again is tried again and again, but less and less often.</summary>
    private void RetryLater()
    {
        if (_table.Parked <= 1)
        {
            var longer = _pause == TimeSpan.Zero ? ShortestPause : _pause * 2;
            _pause = longer < LongestPause ? longer : LongestPause;
            _retry.Change(_pause * (0.75 + (Random.Shared.NextDouble() / 4)), Timeout.InfiniteTimeSpan);
        }

        TellOfRoom();
    }
}
