namespace Oxcaching;

/// <summary>The levels of the cache that a service, or one cached method of it, uses.</summary>
/// <remarks>A bit per level, so that what a method asks for and what its service has can be intersected.</remarks>
public enum CacheType
{
    /// <summary>Whatever the service has. The default of <see cref="CachedAttribute.CacheType"/>; not a value for a service.</summary>
    Inherit = 0,

    /// <summary>Only L1: the memory of this process.</summary>
    L1 = 1,

    /// <summary>Only L2: Redis, shared by all instances.</summary>
    L2 = 2,

    /// <summary>L1 in front of L2.</summary>
    TwoLevel = 3,
}
