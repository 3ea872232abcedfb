namespace Oxcaching;

/// <summary>The front door.</summary>
public static class Oxcache
{
    /// <summary>One service of the cache, to use by hand.</summary>
    public static ICacheClient GetClient(string service) => throw new InvalidOperationException(service);
}
