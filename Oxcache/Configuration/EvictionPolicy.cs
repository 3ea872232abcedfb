namespace Oxcaching;

/// <summary>Which entry L1 gives up when it is full.</summary>
public enum EvictionPolicy
{
    /// <summary>The least recently used one: the engine is Microsoft's MemoryCache.</summary>
    Lru = 0,

    /// <summary>The one least worth keeping by recency and frequency (W-TinyLFU): the faster engine, and the one with more hits.</summary>
    TinyLfu = 1,
}
