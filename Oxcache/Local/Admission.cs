namespace Oxcaching.Local;

/// <summary>Decides whether a candidate is worth more than a victim, by how often each was asked for. Guarded by the cache's lock.</summary>
internal sealed class Admission(int capacity)
{
    /// <summary>From here on a candidate that loses is admitted now and then.</summary>
    private const int Frequent = 6;

    private const int OneIn = 128;

    private FrequencySketch? _sketch;

    /// <summary>Counts accesses.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="times">How many.</param>
    /// <param name="size">How many entries the cache has: a cache that is not half full needs no memory for a sketch.</param>
    public void Count(LocalEntry entry, int times, int size)
    {
        if (_sketch is null && size > capacity / 2)
        {
            _sketch = new FrequencySketch(capacity);
        }

        _sketch?.Add(entry.Hash, times);
    }

    /// <remarks>
    /// Whoever can make a victim look frequent could keep everything else out; a jitter that he cannot foresee evicts it in the end.
    /// </remarks>
    public bool Admits(LocalEntry candidate, LocalEntry victim)
    {
        if (_sketch is null)
        {
            return true;
        }

        var frequency = _sketch.Frequency(candidate.Hash);
        return frequency > _sketch.Frequency(victim.Hash)
            || (frequency >= Frequent && Random.Shared.Next(OneIn) == 0);
    }
}
