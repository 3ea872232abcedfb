namespace Oxcaching.Diagnostics;

/// <summary>Lets one event through per interval and counts the others. Thread-safe.</summary>
internal sealed class Throttle(TimeProvider time, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private long _last;
    private long _suppressed;
    private bool _any;

    /// <summary>Whether to report this one, and how many were kept back since the last.</summary>
    public bool TryPass(out long suppressed)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_any && time.GetElapsedTime(_last, now) < interval)
            {
                _suppressed++;
                suppressed = 0;
                return false;
            }

            _any = true;
            _last = now;
            suppressed = _suppressed;
            _suppressed = 0;
            return true;
        }
    }
}
