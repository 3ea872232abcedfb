namespace Oxcaching.Local;

/// <summary>Which record of L2 an entry is a copy of. Two are the same or not; none is greater.</summary>
/// <param name="Version">As Redis assigned it; 0: of no record.</param>
/// <param name="Nonce">The writer's, which keeps two records apart that were given the same version.</param>
internal readonly record struct RecordId(long Version, ulong Nonce)
{
    /// <summary>Of an entry that is no copy, or not known to be one.</summary>
    public static RecordId None => default;
}
