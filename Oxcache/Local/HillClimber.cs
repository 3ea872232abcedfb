namespace Oxcaching.Local;

/// <summary>Finds the share of the window that gives the best hit rate, by trying: recency wants a large one, frequency a small one.</summary>
/// <remarks>
/// After "Adaptive Software Cache Management" (Einziger, Eytan, Friedman, Manes, Middleware 2018): go on while the hit rate rises, turn
/// back when it falls, in steps that shrink; start afresh when it changes so much that the workload must be another. One
/// thing more: a change no larger than chance alone makes is no reason for a larger window, so without a reason it shrinks.
/// Guarded by the cache's lock.
/// </remarks>
internal sealed class HillClimber(int capacity)
{
    private const double FirstStep = 0.0625;
    private const double Decay = 0.85;
    private const double Upheaval = 0.05;

    private readonly long _sampleSize = 10L * capacity;
    private double _step = FirstStep * capacity;
    private double _lastRate;
    private long _hits;
    private long _misses;

    /// <summary>By how many entries the window shall grow; less than zero to shrink, zero when it is not time yet.</summary>
    /// <param name="hits">All hits so far.</param>
    /// <param name="misses">All misses so far.</param>
    public int Climb(long hits, long misses)
    {
        if (_misses == 0)
        {
            // The cache is full only now; how it did while it filled says nothing.
            (_hits, _misses) = (hits, misses);
        }

        var sample = hits - _hits + misses - _misses;
        if (sample < _sampleSize)
        {
            return 0;
        }

        var rate = (double)(hits - _hits) / sample;
        var change = rate - _lastRate;
        var step = Direction(change, rate, sample) * _step;
        _step = Math.Abs(change) >= Upheaval ? Math.CopySign(FirstStep * capacity, step) : step * Decay;
        (_lastRate, _hits, _misses) = (rate, hits, misses);
        return (int)step;
    }

    /// <summary>1 to go on, -1 to turn back.</summary>
    private int Direction(double change, double rate, long sample)
    {
        var standardError = Math.Sqrt(rate * (1 - rate) / sample);
        if (Math.Abs(change) < standardError)
        {
            return _step > 0 ? -1 : 1;
        }

        return change > 0 ? 1 : -1;
    }
}
