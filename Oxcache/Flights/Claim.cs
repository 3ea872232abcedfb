using Oxcaching.Local;

namespace Oxcaching.Flights;

/// <summary>
/// Somebody's wish to store under a key what he read or made before: a load, a promotion, a write. Whatever makes that
/// obsolete overtakes it.
/// </summary>
internal class Claim(string key, uint hash)
{
    public Claim(string key)
        : this(key, KeyHash.Of(key))
    {
    }

    public string Key { get; } = key;

    /// <summary>Whether it must store nothing any more. Set under the key's lock, and never taken back.</summary>
    public bool IsOvertaken { get; internal set; }

    /// <summary>Whether it stands in the table. Changed under the key's lock; once false it stays so.</summary>
    public bool IsListed { get; internal set; }

    internal uint Hash { get; } = hash;

    /// <summary>The next claim in the same place of the table. Guarded by the key's lock.</summary>
    internal Claim? Next { get; set; }

    internal bool IsOn(string key, uint hash) => Hash == hash && Key == key;
}
