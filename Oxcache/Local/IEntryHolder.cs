namespace Oxcaching.Local;

/// <summary>Somebody who holds on to entries of a cache, to answer from them while they live.</summary>
internal interface IEntryHolder
{
    /// <summary>Lets go of entries that are dead. Called at each sweep, and when the cache is disposed.</summary>
    void ReleaseDead();
}
