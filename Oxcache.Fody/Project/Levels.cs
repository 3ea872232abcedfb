namespace Oxcaching.Fody.Project;

/// <summary>The levels of the cache, with the numbers of the runtime's CacheType.</summary>
[Flags]
internal enum Levels
{
    None = 0,
    L1 = 1,
    L2 = 2,
    TwoLevel = L1 | L2,
}
