namespace Oxcaching.Local;

/// <summary>Decides whether a candidate is worth more than a victim, by how often each was asked for. Guarded by the cache's lock.</summary>
internal sealed class Admission(int capacity)
{
    /// <summary>From here on a candidate that loses is admitted now and then.</summary>
    private const int Frequent = 6;

    private const int OneIn = 128;

    private FrequencySketch? _sketch;

    /// <summary>Whether the cache is filling up, so that it is time for <see cref="Begin"/>: before, nothing is counted and no memory needed.</summary>
    public bool IsDue(int size) => _sketch is null && size > capacity / 2;

    /// <summary>Begins to count, with the entries that are there.</summary>
    public void Begin(EntryTable table)
    {
        _sketch = new FrequencySketch(capacity);
        for (var slot = 0; slot < table.SlotCount; slot++)
        {
            if (table.EntryOrNull(slot) is { } entry)
            {
                _sketch.Add(entry.Hash, 1);
            }
        }
    }

    /// <summary>Counts accesses to an entry.</summary>
    public void Count(LocalEntry entry, int times) => _sketch?.Add(entry.Hash, times);

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
