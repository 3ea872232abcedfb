using Oxcaching.Configuration;

namespace Oxcaching.Writes;

/// <summary>Carries what comes in from memory to the disk, and keeps trying while the disk refuses.</summary>
/// <remarks>
/// One run at a time, on the pool: it takes what has come together, writes it at once and answers all who wait for it (group
/// commit), until nothing is left. Flushing by the interval is beside that, so that a slow flush keeps nobody waiting.
/// While the disk refuses, what comes is answered at once, and a new file with all that is live is tried now and then.
/// </remarks>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly JournalSettings _settings;
    private readonly JournalIntake _intake;
    private readonly JournalStore _store;
    private readonly JournalEvents _events;
    private readonly TimeProvider _time;
    private readonly ITimer _flushTimer;
    private readonly ITimer _retryTimer;
    private readonly Lock _lock = new();

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _running;
    private bool _rewriteDue;
    private bool _unflushed;
    private bool _flushArmed;
    private bool _closed;
    private bool _finishDue;

    private volatile bool _down;
    private long? _compactionFailedAt;
    private int _flushes;

    public JournalWriter(JournalSettings settings, JournalIntake intake, JournalStore store, JournalEvents events, TimeProvider time)
    {
        (_settings, _intake, _store, _events, _time) = (settings, intake, store, events, time);
        _flushTimer = time.CreateTimer(_ => FlushOnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retryTimer = time.CreateTimer(_ => Rewrite(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsDown => _down;

    public int Flushes => Volatile.Read(ref _flushes);

    /// <summary>Has what came in written, soon.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (!_running)
            {
                _running = true;
                ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Run(), this, preferLocal: false);
            }
        }
    }

    /// <summary>Has a new file written, soon, with all that is live.</summary>
    public void Rewrite()
    {
        lock (_lock)
        {
            _rewriteDue = true;
        }

        Wake();
    }

    /// <summary>Goes on in memory for now.</summary>
    public void Suspend(Exception reason)
    {
        if (!_down)
        {
            _events.Down(reason.Message);
        }

        _down = true;
        _store.Abandon();
        lock (_lock)
        {
            if (!_closed)
            {
                _retryTimer.Change(Journal.RetryInterval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Writes what is left, once the intake is closed, and lets go of the files.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
            _rewriteDue |= _down;
        }

        await _flushTimer.DisposeAsync().ConfigureAwait(false);
        await _retryTimer.DisposeAsync().ConfigureAwait(false);
        lock (_lock)
        {
            _finishDue = true;
        }

        Wake();
        await _finished.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        while (TryBegin(out var rewrite, out var finish))
        {
            var batch = _intake.Take();
            var written = (!_down || rewrite) && TryWrite(batch, rewrite);
            if (!written && batch.Waiting > 0)
            {
                _events.NotWritten(batch.Waiting);
            }

            batch.Complete(written);
            if (finish)
            {
                Finish();
            }
        }
    }

    private bool TryBegin(out bool rewrite, out bool finish)
    {
        lock (_lock)
        {
            (rewrite, _rewriteDue) = (_rewriteDue, false);
            (finish, _finishDue) = (_finishDue, false);
            _running = rewrite || finish || !_intake.IsEmpty;
            return _running;
        }
    }

    private bool TryWrite(JournalBatch batch, bool rewrite)
    {
        try
        {
            if (rewrite || !_store.IsOpen)
            {
                WriteAnew();
            }
            else if (!IsCompactionDue(batch) || !TryCompact(batch))
            {
                Append(batch);
            }

            Resume();
            return true;
        }
        catch (Exception e)
        {
            // Whatever it was: somebody waits for an answer, and this loop must not end.
            Suspend(e);
            return false;
        }
    }

    private void Append(JournalBatch batch)
    {
        try
        {
            _store.Append(batch.Records);
            if (_settings.Sync == WalSync.Always && batch.Waiting > 0)
            {
                Flush();
            }
            else
            {
                FlushLater();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // After a failed write or flush nobody knows what the file has; the memory has all of it. This is also how a file that
            // somebody deleted comes back, and how one with a half written record is left behind.
            WriteAnew();
        }
    }

    /// <summary>The dead part may be as large as the live one, between a sixteenth and a quarter of the whole.</summary>
    private bool IsCompactionDue(JournalBatch batch)
    {
        var live = _intake.LiveBytes;
        return _store.Length + batch.Bytes - live > Math.Clamp(live, _settings.MaxBytes / 16, _settings.MaxBytes / 4);
    }

    /// <summary>A compaction that fails for want of room can wait as long as the file may grow.</summary>
    private bool TryCompact(JournalBatch batch)
    {
        var mayGrow = _store.Length + batch.Bytes <= _settings.MaxBytes;
        if (mayGrow && _compactionFailedAt is { } failed && _time.GetElapsedTime(failed) < Journal.RetryInterval)
        {
            return false;
        }

        try
        {
            WriteAnew();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && _store.IsOpen && mayGrow)
        {
            if (_compactionFailedAt is null)
            {
                _events.NotCompacted(e.Message);
            }

            _compactionFailedAt = _time.GetTimestamp();
            return false;
        }
    }

    private void WriteAnew()
    {
        _store.Rewrite(_intake.Live());
        Interlocked.Increment(ref _flushes);
        _compactionFailedAt = null;
    }

    private void Resume()
    {
        if (_down)
        {
            _down = false;
            _events.Up();
        }
    }

    private void Flush()
    {
        _store.Flush();
        Interlocked.Increment(ref _flushes);
    }

    private void FlushLater()
    {
        lock (_lock)
        {
            _unflushed = true;
            ArmFlush();
        }
    }

    private void FlushOnTime()
    {
        lock (_lock)
        {
            _unflushed = false;
        }

        try
        {
            Flush();
        }
        catch (ObjectDisposedException)
        {
            // A new file has taken its place and was flushed, or the disk refuses.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Rewrite();
        }

        lock (_lock)
        {
            _flushArmed = false;
            ArmFlush();
        }
    }

    private void ArmFlush()
    {
        if (_unflushed && !_flushArmed && !_closed)
        {
            _flushArmed = true;
            _flushTimer.Change(Journal.FlushInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private void Finish()
    {
        try
        {
            if (_intake.LiveBytes == 0)
            {
                _store.Rewrite([]);
            }
            else
            {
                _store.Flush();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Suspend(e);
        }
        finally
        {
            _store.Dispose();
            _finished.SetResult();
        }
    }
}
