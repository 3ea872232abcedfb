namespace Oxcaching.Local;

/// <summary>An L1 engine. Thread-safe.</summary>
internal interface ILocalCache : IDisposable
{
    /// <summary>Of live entries and those that expired unnoticed.</summary>
    int Count { get; }

    /// <summary>How many entries it holds at most.</summary>
    int Capacity { get; }

    /// <summary>Tells somebody of each sweep, from now on.</summary>
    void Attach(IEntryHolder holder);

    /// <summary>The live entry under the key; null on a miss. Makes no string.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its <see cref="KeyHash"/>, which the caller may need for more than this.</param>
    LocalEntry? Find(ReadOnlySpan<char> key, uint hash);

    /// <summary>What is stored under the key and has not expired, in doubt or not. Not a hit.</summary>
    LocalEntry? Peek(string key);

    /// <summary>From now on no lookup answers with what is stored so far; only <see cref="Peek"/> finds it. Takes as long for many entries as for few.</summary>
    void Doubt();

    /// <summary>Lets what is stored so far live no longer than between the two times from now, spread evenly over the keys.</summary>
    void Cap(TimeSpan least, TimeSpan most);

    /// <summary>Stores an entry in the place of what is there. An entry is stored once and never again.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its <see cref="KeyHash"/>.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="ttl">How long it lives.</param>
    void Set(string key, uint hash, LocalEntry entry, TimeSpan ttl);

    /// <summary>Removes what is there; false when nothing live was.</summary>
    bool Remove(string key);

    void Clear();
}
