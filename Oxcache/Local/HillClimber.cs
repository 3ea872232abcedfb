namespace Oxcaching.Local;

/// <summary>Finds the share of the window that gives the best hit rate, by trying: recency wants a large one, frequency a small one.</summary>
/// <remarks>
/// After "Adaptive Software Cache Management" (Einziger, Eytan, Friedman, Manes, Middleware 2018): go on while the hit rate rises, turn
/// back when it falls, in steps that shrink; start afresh when it changes so much that the workload must be another.
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
        var sample = hits - _hits + misses - _misses;
        if (sample < _sampleSize)
        {
            return 0;
        }

        var rate = (double)(hits - _hits) / sample;
        var change = rate - _lastRate;
        var step = change >= 0 ? _step : -_step;
        _step = Math.Abs(change) >= Upheaval ? Math.CopySign(FirstStep * capacity, step) : step * Decay;
        (_lastRate, _hits, _misses) = (rate, hits, misses);
        return (int)step;
    }
}
