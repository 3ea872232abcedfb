namespace Oxcaching.Local;

/// <summary>Ticks by a timer of a <see cref="TimeProvider"/>: for any but the system's.</summary>
internal sealed class TimerTicker : Ticker
{
    private readonly TimeProvider _time;
    private readonly ITicked _target;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private long _swept;
    private bool _disposed;

    public TimerTicker(TimeProvider time, ITicked target)
    {
        _time = time;
        _target = target;
        _swept = time.GetTimestamp();
        _timer = time.CreateTimer(static ticker => ((TimerTicker)ticker!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private void Fire()
    {
        _target.Tick();
        if (_time.GetElapsedTime(_swept) >= SweepInterval)
        {
            _swept = _time.GetTimestamp();
            _target.Sweep();
        }

        Arm();
    }

    private void Arm()
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                _timer.Change(Resolution, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
