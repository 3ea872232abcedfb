namespace Oxcaching.Fody.Tests.Support;

/// <summary>The cache that woven test sources use: one service, "default", in memory alone.</summary>
internal static class TestCache
{
    private static readonly Lazy<bool> Started = new(() =>
    {
        Oxcache.Init(new OxcacheOptions { Services = { ["default"] = new ServiceOptions { CacheType = CacheType.L1 } } });
        return true;
    });

    /// <summary>Sets the cache up, once for the process.</summary>
    public static void Start() => _ = Started.Value;
}
