using Oxcaching.Local;

namespace Oxcaching.Coherence;

/// <summary>What one instance keeps of a service in its memory, as the other instances' doings reach it. Thread-safe; none of it waits.</summary>
internal interface ICoherent
{
    /// <summary>A record of the key was written: whatever is not that record goes, as does what is on its way.</summary>
    void Changed(string key, RecordId record);

    /// <summary>Everything goes.</summary>
    void Cleared();

    /// <summary>A change may have been missed: nothing is an answer any more before Redis has been asked.</summary>
    void Doubt();

    /// <summary>Changes are not heard of: what is kept is an answer no longer than between the two times from now, spread over the keys.</summary>
    void Cap(TimeSpan least, TimeSpan most);

    /// <summary>Somebody's load of the key is over.</summary>
    void Loaded(string key);

    /// <summary>Asserts again what was written shortly before a time so long ago, for Redis may have lost it; returns whether that is done.</summary>
    Task<bool> ReassertAsync(TimeSpan age);
}
