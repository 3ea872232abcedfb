namespace Oxcaching.Configuration;

/// <summary>From valid options to the settings that the runtime works with: defaults and inherited values filled in.</summary>
internal sealed class SettingsBuilder(OxcacheOptions options)
{
    public ServiceSettings Build(string name, ServiceOptions service)
    {
        var ttl = service.Ttl ?? options.DefaultTtl;
        return new ServiceSettings
        {
            Name = name,
            CacheType = service.CacheType,
            Ttl = ttl,
            CacheNull = service.CacheNull,
            FlightTimeout = service.FlightTimeout,
            PromoteOnHit = service.TwoLevel.PromoteOnHit,
            Local = service.CacheType == CacheType.L2 ? null : BuildLocal(service.L1, ttl),
            Remote = service.CacheType == CacheType.L1 ? null : BuildRemote(service.L2),
            Journal = service.CacheType == CacheType.L1 || !service.Wal ? null : BuildJournal(),
        };
    }

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

    private RemoteSettings BuildRemote(L2Options remote)
    {
        var parsed = RedisConnectionString.Parse(remote.ConnectionString, concealed: true);
        return new RemoteSettings
        {
            Address = new RedisAddress
            {
                EndPoints = parsed.EndPoints,
                User = parsed.User,
                Password = parsed.Password ?? (string.IsNullOrEmpty(remote.Password) ? null : remote.Password),
                Tls = parsed.Tls || remote.EnableTls,
                TlsHost = parsed.TlsHost,
                ClientOptions = parsed.ClientOptions,
            },
            Database = parsed.Database,
            KeyPrefix = options.KeyPrefix,
            ConnectionTimeout = remote.ConnectionTimeout,
            CommandTimeout = remote.CommandTimeout,
            HealthCheckInterval = options.HealthCheckInterval,
            MaxValueSize = remote.MaxValueSize,
        };
    }
}
