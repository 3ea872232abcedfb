using System.Net;
using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>A whole file as a user would write it, and the defaults of an empty one.</summary>
public sealed class SampleTests
{
    private const string Sample = """
        [global]
        default_ttl = 3600
        health_check_interval = 30
        serialization = "json"
        enable_metrics = true

        [services.user_cache]
        cache_type = "two-level"  # or "l1", or "l2"
        ttl = 600

          [services.user_cache.l1]
          max_capacity = 10000
          ttl = 300  # at most the ttl of the service
          tti = 180
          initial_capacity = 1000

          [services.user_cache.l2]
          mode = "standalone"  # or "sentinel", or "cluster"
          connection_string = "redis://127.0.0.1:6379"

          [services.user_cache.two_level]
          write_through = true
          promote_on_hit = true
          enable_batch_write = true
          batch_size = 100
          batch_interval_ms = 50
        """;

    [Fact]
    public void The_sample_is_read_as_it_stands()
    {
        var configuration = ConfigurationText.Load(Sample);
        var service = Assert.Single(configuration.Services).Value;

        Assert.True(configuration.EnableMetrics);
        Assert.Equal("oxcache", configuration.KeyPrefix);
        Assert.Equal(("user_cache", CacheType.TwoLevel, TimeSpan.FromSeconds(600)), (service.Name, service.CacheType, service.Ttl));
        Assert.True(service.PromoteOnHit);
        Assert.Equal(
            new LocalSettings
            {
                MaxCapacity = 10000,
                InitialCapacity = 1000,
                Ttl = TimeSpan.FromSeconds(300),
                Tti = TimeSpan.FromSeconds(180),
                Eviction = EvictionPolicy.TinyLfu,
            },
            service.Local);
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, 6379)], service.Remote!.Address.EndPoints);
        Assert.Equal(TimeSpan.FromSeconds(30), service.Remote.HealthCheckInterval);
    }

    [Fact]
    public void The_sample_warns_of_nothing() => Assert.Empty(ConfigurationText.Load(Sample).Warnings);

    [Fact]
    public void The_sample_loads_as_options_that_code_can_change()
    {
        var options = ConfigurationText.LoadOptions(Sample);
        options.Services["user_cache"].Ttl = TimeSpan.FromSeconds(900);

        Assert.Equal(TimeSpan.FromSeconds(900), OxcacheConfiguration.Resolve(options).Services["user_cache"].Ttl);
    }

    [Fact]
    public void A_service_of_one_line_has_all_the_defaults()
    {
        var configuration = ConfigurationText.Load("[services.s]");
        var (service, minutes5) = (configuration.Services["s"], TimeSpan.FromSeconds(300));

        Assert.Empty(configuration.Warnings);
        Assert.Equal((CacheType.TwoLevel, minutes5, true, true), (service.CacheType, service.Ttl, service.CacheNull, service.PromoteOnHit));
        Assert.Equal(TimeSpan.FromSeconds(30), service.FlightTimeout);
        Assert.Equal(
            new LocalSettings { MaxCapacity = 10000, InitialCapacity = 0, Ttl = minutes5, Tti = null, Eviction = EvictionPolicy.TinyLfu }, service.Local);
        Assert.Equal(
            new RemoteSettings
            {
                Address = new RedisAddress { EndPoints = [new DnsEndPoint("localhost", 6379)] },
                Database = 0,
                KeyPrefix = "oxcache",
                Channel = "oxcache:invalidate:0:s",
                ConnectionTimeout = TimeSpan.FromMilliseconds(5000),
                CommandTimeout = TimeSpan.FromMilliseconds(1000),
                HealthCheckInterval = TimeSpan.FromSeconds(30),
                MaxValueSize = 10485760,
            },
            service.Remote);
    }

    [Theory]
    [InlineData("l1", CacheType.L1, true, false)]
    [InlineData("l2", CacheType.L2, false, true)]
    [InlineData("two-level", CacheType.TwoLevel, true, true)]
    [InlineData("twolevel", CacheType.TwoLevel, true, true)]
    public void A_cache_type_has_the_levels_it_names(string name, CacheType type, bool hasLocal, bool hasRemote)
    {
        var service = ConfigurationText.Service($"[services.s]\ncache_type = '{name}'");
        Assert.Equal((type, hasLocal, hasRemote), (service.CacheType, service.Local is not null, service.Remote is not null));
    }

    [Fact]
    public void L1_lives_as_long_as_the_service_unless_told_otherwise() =>
        Assert.Equal(TimeSpan.FromSeconds(77), ConfigurationText.Service("[services.s]\nttl = 77").Local!.Ttl);

    [Fact]
    public void Services_inherit_the_default_ttl() =>
        Assert.Equal(TimeSpan.FromSeconds(88), ConfigurationText.Service("[global]\ndefault_ttl = 88\n[services.s]").Ttl);
}
