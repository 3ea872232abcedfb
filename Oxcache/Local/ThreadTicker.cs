namespace Oxcaching.Local;

/// <summary>Ticks by the system's clock, on one thread for all caches of the process; it runs as long as there are any.</summary>
/// <remarks>A thread and no timer: the thread pool may be starved, and a clock that stands still then would serve what has expired.</remarks>
internal sealed class ThreadTicker : Ticker
{
    private static readonly Lock Lock = new();

    /// <summary>Replaced, never changed.</summary>
    private static ThreadTicker[] _running = [];

    private static AutoResetEvent? _stop;

    private readonly ITicked _target;
    private readonly IThreadPoolWorkItem _sweep;

    private ThreadTicker(ITicked target)
    {
        _target = target;
        _sweep = new SweepWork(target);
    }

    public static ThreadTicker Start(ITicked target)
    {
        var ticker = new ThreadTicker(target);
        lock (Lock)
        {
            _running = [.. _running, ticker];
            if (_stop is null)
            {
                var stop = new AutoResetEvent(false);
                new Thread(() => Run(stop)) { IsBackground = true, Name = "Oxcache clock" }.UnsafeStart();
                _stop = stop;
            }
        }

        return ticker;
    }

    public override void Dispose()
    {
        lock (Lock)
        {
            _running = [.. _running.Where(ticker => ticker != this)];
            if (_running.Length == 0)
            {
                _stop?.Set();
                _stop = null;
            }
        }
    }

    private static void Run(AutoResetEvent stop)
    {
        var swept = Environment.TickCount64;
        while (!stop.WaitOne(Resolution))
        {
            var running = Volatile.Read(ref _running);
            foreach (var ticker in running)
            {
                ticker._target.Tick();
            }

            if (Environment.TickCount64 - swept >= SweepInterval.TotalMilliseconds)
            {
                swept = Environment.TickCount64;
                foreach (var ticker in running)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(ticker._sweep, preferLocal: false);
                }
            }
        }

        stop.Dispose();
    }

    private sealed class SweepWork(ITicked target) : IThreadPoolWorkItem
    {
        public void Execute() => target.Sweep();
    }
}
