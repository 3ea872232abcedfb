using System.Net;

namespace Oxcaching.Configuration;

/// <summary>From valid options to the settings that the runtime works with: defaults and inherited values filled in.</summary>
internal sealed class SettingsBuilder(OxcacheOptions options)
{
    public ServiceSettings Build(string name, ServiceOptions service)
    {
        var ttl = service.Ttl ?? options.DefaultTtl;
        var twoLevel = TwoLevelOf(service);
        return new ServiceSettings
        {
            Name = name,
            CacheType = service.CacheType,
            Ttl = ttl,
            CacheNull = service.CacheNull,
            FlightTimeout = service.FlightTimeout,
            PromoteOnHit = twoLevel.PromoteOnHit,
            WriteThrough = twoLevel.WriteThrough,
            BatchSize = twoLevel.EnableBatchWrite ? twoLevel.BatchSize : 1,
            BatchInterval = twoLevel.BatchInterval,
            MostPendingBytes = 2 * Math.Min(options.WalMaxBytes, long.MaxValue / 4),
            CoherenceMaxAge = service.CoherenceMaxAge,
            DistributedSingleFlight = service.DistributedSingleFlight,
            Rules = options.Rules,
            Local = service.CacheType == CacheType.L2 ? null : BuildLocal(service.L1, ttl),
            Remote = service.CacheType == CacheType.L1 ? null : BuildRemote(name, service),
            Journal = service.CacheType == CacheType.L1 || !service.Wal ? null : BuildJournal(),
        };
    }

    /// <summary>A service of one level does not use the section.</summary>
    private static TwoLevelOptions TwoLevelOf(ServiceOptions service) =>
        service.CacheType == CacheType.TwoLevel ? service.TwoLevel : new TwoLevelOptions();

    private static LocalSettings BuildLocal(L1Options local, TimeSpan serviceTtl) => new()
    {
        MaxCapacity = local.MaxCapacity,
        InitialCapacity = local.InitialCapacity,
        Ttl = local.Ttl ?? serviceTtl,
        Tti = local.Tti,
        Eviction = local.Eviction,
    };

    private JournalSettings BuildJournal() => new()
    {
        Folder = string.IsNullOrEmpty(options.WalDir) ? null : options.WalDir,
        Sync = options.WalSync,
        MaxBytes = options.WalMaxBytes,
    };

    private RemoteSettings BuildRemote(string name, ServiceOptions service)
    {
        var remote = service.L2;
        var parsed = RedisConnectionString.Parse(remote.ConnectionString, concealed: true);
        var handedOver = remote.Client?.Connection;
        var database = handedOver?.Database ?? parsed.Database;
        return new RemoteSettings
        {
            Address = handedOver is null ? Address(remote, parsed) : Address(remote.Client!, handedOver),
            Database = database,
            KeyPrefix = options.KeyPrefix,
            Channel = TwoLevelOf(service).InvalidationChannel ?? $"{options.KeyPrefix}:invalidate:{database}:{name}",
            ConnectionTimeout = remote.ConnectionTimeout,
            CommandTimeout = remote.CommandTimeout,
            HealthCheckInterval = options.HealthCheckInterval,
            MaxValueSize = remote.MaxValueSize,
        };
    }

    private static RedisAddress Address(L2Options remote, RedisConnectionString parsed)
    {
        var isSentinel = remote.Mode == RedisMode.Sentinel;
        return new RedisAddress
        {
            Mode = remote.Mode,
            EndPoints = remote.Mode switch
            {
                RedisMode.Sentinel => Nodes(remote.Sentinel.Nodes, RedisEndPoint.DefaultSentinelPort),
                RedisMode.Cluster => Nodes(remote.Cluster.Nodes, RedisEndPoint.DefaultPort),
                _ => parsed.EndPoints,
            },
            MasterName = isSentinel ? remote.Sentinel.MasterName : null,
            SentinelUser = isSentinel && remote.Sentinel.User is not "default" ? NullIfEmpty(remote.Sentinel.User) : null,
            SentinelPassword = isSentinel ? NullIfEmpty(remote.Sentinel.Password) : null,
            User = parsed.User,
            Password = parsed.Password ?? NullIfEmpty(remote.Password),
            Tls = parsed.Tls || remote.EnableTls,
            TlsHost = parsed.TlsHost,
            ClientOptions = parsed.ClientOptions,
            Client = remote.Client,
        };
    }

    private static RedisAddress Address(ClientSource client, ClientSource.HandedOver connection) => new()
    {
        Mode = connection.IsCluster ? RedisMode.Cluster : RedisMode.Standalone,
        EndPoints = connection.EndPoints,
        Client = client,
    };

    /// <summary>In one order, so that services which name the same nodes share their connection.</summary>
    private static IReadOnlyList<EndPoint> Nodes(IEnumerable<string> nodes, int defaultPort) =>
        [.. nodes.Select(node => RedisEndPoint.Parse(node, out _, defaultPort)!).Distinct().OrderBy(RedisEndPoint.Text, StringComparer.Ordinal)];

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
