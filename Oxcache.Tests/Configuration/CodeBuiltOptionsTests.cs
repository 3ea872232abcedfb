using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>Options built in code, or loaded and then changed: the same validation.</summary>
public sealed class CodeBuiltOptionsTests
{
    [Fact]
    public void They_are_validated_like_a_file()
    {
        var options = new OxcacheOptions
        {
            DefaultTtl = TimeSpan.FromMilliseconds(500),
            KeyPrefix = "a:b",
            Serialization = SerializationFormat.MessagePack,
            Services =
            {
                ["a b"] = new ServiceOptions(),
                ["s"] = new ServiceOptions
                {
                    CacheType = CacheType.Inherit,
                    Ttl = TimeSpan.FromSeconds(10),
                    L1 = { Ttl = TimeSpan.FromSeconds(11), MaxCapacity = 5, InitialCapacity = 6, Eviction = (EvictionPolicy)9 },
                    L2 = { ConnectionString = null!, Mode = (RedisMode)9, CommandTimeout = TimeSpan.FromMinutes(2) },
                    TwoLevel = { InvalidationChannel = "" },
                },
            },
        };

        Assert.Equal(
        [
            "OxcacheOptions: global.default_ttl: 0.5 is out of range, 1 … 2592000 seconds allowed",
            "OxcacheOptions: global.serialization: \"messagepack\" is not built yet: use \"json\"",
            "OxcacheOptions: global.key_prefix: not a key prefix, 1 … 64 characters without ':', white space and control characters allowed",
            "OxcacheOptions: services.\"a b\": not a service name, 1 … 64 of the characters A-Z a-z 0-9 _ . - allowed",
            "OxcacheOptions: services.s.cache_type: Inherit is no such value, \"l1\", \"l2\", \"two-level\" allowed",
            "OxcacheOptions: services.s.l1.eviction: 9 is no such value, \"tinylfu\", \"lru\" allowed",
            "OxcacheOptions: services.s.l2.mode: 9 is no such value, \"standalone\", \"sentinel\", \"cluster\" allowed",
            "OxcacheOptions: services.s.l2.connection_string: is null, a string expected",
            "OxcacheOptions: services.s.l2.command_timeout_ms: 120000 is out of range, 10 … 60000 milliseconds allowed",
            "OxcacheOptions: services.s.two_level.invalidation_channel: is empty, at least one character expected",
            "OxcacheOptions: services.s.l1.ttl: 11 s is longer than services.s.ttl, at most its 10 s allowed",
            "OxcacheOptions: services.s.l1.initial_capacity: 6 is more than services.s.l1.max_capacity, at most its 5 allowed",
        ], ConfigurationText.Errors(options));
    }

    [Fact]
    public void A_service_is_needed() =>
        Assert.Equal(["OxcacheOptions: services: no service is configured, add at least one: [services.NAME]"], ConfigurationText.Errors(new OxcacheOptions()));

    [Fact]
    public void A_null_service_is_refused() => Assert.Equal(
        ["OxcacheOptions: services.s: is null, a ServiceOptions expected"], ConfigurationText.Errors(new OxcacheOptions { Services = { ["s"] = null! } }));

    [Fact]
    public void A_null_part_is_refused_where_it_is_set()
    {
        Assert.Throws<ArgumentNullException>(() => new ServiceOptions { L1 = null! });
        Assert.Throws<ArgumentNullException>(() => new ServiceOptions { L2 = null! });
        Assert.Throws<ArgumentNullException>(() => new ServiceOptions { TwoLevel = null! });
        Assert.Throws<ArgumentNullException>(() => new OxcacheOptions { TimeProvider = null! });
    }

    [Fact]
    public void A_dollar_in_code_stays_a_dollar()
    {
        var options = new OxcacheOptions { Services = { ["s"] = new ServiceOptions { L2 = { Password = "${NAME}" } } } };
        Assert.Equal("${NAME}", OxcacheConfiguration.Resolve(options).Services["s"].Remote!.Address.Password);
    }

    [Fact]
    public void What_only_code_can_give_arrives()
    {
        var options = new OxcacheOptions
        {
            LoggerFactory = NullLoggerFactory.Instance,
            JsonSerializerOptions = new JsonSerializerOptions(),
            Services = { ["s"] = new ServiceOptions() },
        };
        var configuration = OxcacheConfiguration.Resolve(options);

        Assert.Same(options.LoggerFactory, configuration.LoggerFactory);
        Assert.Same(options.JsonSerializerOptions, configuration.JsonSerializerOptions);
        Assert.Same(TimeProvider.System, configuration.TimeProvider);
    }

    [Fact]
    public void Later_changes_have_no_effect()
    {
        var options = new OxcacheOptions { Services = { ["s"] = new ServiceOptions() } };
        var configuration = OxcacheConfiguration.Resolve(options);
        options.Services["s"].L1.MaxCapacity = 1;
        options.Services.Add("t", new ServiceOptions());
        options.KeyPrefix = "other";

        Assert.Equal(10_000, Assert.Single(configuration.Services).Value.Local!.MaxCapacity);
        Assert.Equal("oxcache", configuration.KeyPrefix);
    }

    [Fact]
    public void A_loaded_value_that_code_made_wrong_is_the_codes_error()
    {
        var options = ConfigurationText.LoadOptions("[services.s]\nttl = 100\nl1.ttl = 50");
        options.Services["s"].Ttl = TimeSpan.Zero;
        Assert.Equal(["OxcacheOptions: services.s.ttl: 0 is out of range, 1 … 2592000 seconds allowed"], ConfigurationText.Errors(options));
    }

    [Fact]
    public void A_loaded_value_that_code_made_wrong_by_another_keeps_its_place()
    {
        var options = ConfigurationText.LoadOptions("[services.s]\nttl = 100\nl1.ttl = 50");
        options.Services["s"].Ttl = TimeSpan.FromSeconds(40);
        Assert.Equal(
            ["config.toml(3,10): services.s.l1.ttl: 50 s is longer than services.s.ttl, at most its 40 s allowed"], ConfigurationText.Errors(options));
    }

    [Fact]
    public void A_file_without_services_may_be_loaded_for_code_to_add_them()
    {
        var options = ConfigurationText.LoadOptions("[global]\ndefault_ttl = 60");
        options.Services.Add("s", new ServiceOptions());
        Assert.Equal(TimeSpan.FromSeconds(60), OxcacheConfiguration.Resolve(options).Services["s"].Ttl);
    }
}
