namespace Oxcaching.Tests.TestSupport;

/// <summary>Options for the caches that tests use, each with one service called "things".</summary>
public static class Caches
{
    public const string Service = "things";

    /// <summary>Where the write-ahead logs of this run are; each key space has files of its own.</summary>
    private static readonly DirectoryInfo Logs = Directory.CreateTempSubdirectory("oxcache-tests");

    static Caches() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Logs.Delete(recursive: true);

    /// <summary>A key space that no other test has.</summary>
    public static string NewPrefix() => "t" + Guid.NewGuid().ToString("N");

    public static OxcacheOptions Local(Action<ServiceOptions>? configure = null) => Of(CacheType.L1, null, null, configure);

    public static OxcacheOptions Remote(string url, string? prefix = null, Action<ServiceOptions>? configure = null) =>
        Of(CacheType.L2, url, prefix, configure);

    public static OxcacheOptions TwoLevel(string url, string? prefix = null, Action<ServiceOptions>? configure = null) =>
        Of(CacheType.TwoLevel, url, prefix, configure);

    /// <summary>Builds the manager, and waits until it has tried to connect.</summary>
    public static async Task<CacheManager> StartAsync(this OxcacheOptions options)
    {
        var manager = new CacheManager(options);
        await manager.WaitForConnectionAsync();
        return manager;
    }

    public static ICacheClient Things(this CacheManager manager) => manager.GetClient(Service);

    private static OxcacheOptions Of(CacheType type, string? url, string? prefix, Action<ServiceOptions>? configure)
    {
        var service = new ServiceOptions { CacheType = type };
        if (url is not null)
        {
            service.L2.ConnectionString = url;

            // A machine that is busy with other tests may answer late; those that are about time set their own.
            service.L2.CommandTimeout = TimeSpan.FromSeconds(10);
        }

        configure?.Invoke(service);
        return new OxcacheOptions { KeyPrefix = prefix ?? NewPrefix(), WalDir = Logs.FullName, LoggerFactory = new LogCollector(), Services = { [Service] = service } };
    }
}
