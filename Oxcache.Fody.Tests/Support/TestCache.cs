namespace Oxcaching.Fody.Tests.Support;

/// <summary>The cache that woven test sources use: one service, "default", in memory alone.</summary>
internal static class TestCache
{
    /// <summary>Sets the cache up, once for the process.</summary>
    public static void Start()
    {
    }
}
