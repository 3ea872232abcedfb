namespace Oxcaching.Local;

/// <summary>That the entries of an era live no longer than until some time, spread over their keys. Times are timestamps of a clock.</summary>
internal sealed class EraCap(Era era, TimeProvider time, TimeSpan least, TimeSpan most)
{
    private readonly long _from = time.GetTimestamp();

    /// <summary>Whether it still lets an entry of that era live.</summary>
    public bool Spares(LocalEntry entry, uint hash) =>
        entry.BelongsTo(era) && time.GetElapsedTime(_from) < least + ((most - least) * (hash / (double)uint.MaxValue));
}
