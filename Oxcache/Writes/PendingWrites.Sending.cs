using Oxcaching.Remote;

namespace Oxcaching.Writes;

/// <summary>The part that sends.</summary>
internal sealed partial class PendingWrites
{
    private const long MostBytesInBatch = 4 << 20;

    private int _inFlight;
    private bool _toldBehind;

    /// <summary>Whose interval the timer is set for, by when that one began to wait.</summary>
    private long? _gatheredSince;

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
            _room.Tell();
        }

        Pump();
    }

    private PendingClear? TakeClear()
    {
        if (_clear is null)
        {
            // Whoever puts one there pumps after that.
            return null;
        }

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
                _clear = null;
                _pause.Reset();
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

        // While they are still pending: between the two a reader finds either a write or what it has left in L1.
        for (var i = 0; i < batch.Count; i++)
        {
            Remember(batch[i], AnswerTo(written, i));
        }

        lock (_lock)
        {
            _inFlight--;
            for (var i = 0; i < batch.Count; i++)
            {
                Settle(batch[i], AnswerTo(written, i) is not null);
            }

            _room.Tell();
            TellIfEmpty();
        }

        // Before their callers go on: Redis need not wait for that.
        TellIfBehind();
        Pump();
        for (var i = 0; i < batch.Count; i++)
        {
            Complete(batch[i], AnswerTo(written, i));
        }
    }

    private static RemoteWritten? AnswerTo(RemoteWritten?[]? written, int i) =>
        written?[i] is { } one && one.Outcome != ScriptOutcome.Full ? one : null;

    private void Remember(PendingWrite write, RemoteWritten? written)
    {
        if (written is { } arrived)
        {
            write.Forget(_journal);
            _target.Arrived(write, arrived);
        }
        else
        {
            _target.Unanswered(write);
        }
    }

    private void Settle(PendingWrite write, bool hasArrived)
    {
        if (!hasArrived)
        {
            if (_table.Failed(write, _time.GetTimestamp()))
            {
                RetryLater();
            }
        }
        else if (_table.Arrived(write))
        {
            _pause.Reset();
        }
    }

    private void Complete(PendingWrite write, RemoteWritten? written)
    {
        if (written is { } arrived)
        {
            write.Complete(new WriteAnswer(true, arrived.Outcome is not ScriptOutcome.NothingThere));
        }
        else
        {
            _ = CompleteWhenKeptAsync(write);
        }
    }

    private async Task CompleteWhenKeptAsync(PendingWrite write)
    {
        await KeepAsync(write).ConfigureAwait(false);
        write.Complete(WriteAnswer.Pending);
    }

    private void TellIfEmpty()
    {
        if (IsEmpty)
        {
            _empty.Tell();
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

    private void RetryLater()
    {
        if (_table.Parked <= 1)
        {
            _pause.Begin();
        }

        _room.Tell();
    }
}
