using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>Nothing that is given and does nothing goes unsaid.</summary>
public sealed class WarningTests
{
    [Theory]
    [InlineData("two_level.write_through = true")]
    [InlineData("two_level.promote_on_hit = false")]
    [InlineData("two_level.write_through = false")]
    [InlineData("two_level.enable_batch_write = true")]
    [InlineData("two_level.batch_size = 5")]
    [InlineData("two_level.batch_interval_ms = 5")]
    [InlineData("two_level.invalidation_channel = 'c'")]
    [InlineData("coherence_max_age = 5")]
    [InlineData("wal = false")]
    [InlineData("distributed_single_flight = true")]
    [InlineData("cache_null = false")]
    [InlineData("l1.eviction = 'lru'")]
    [InlineData("l1.eviction = 'tinylfu'")]
    [InlineData("l1.initial_capacity = 5")]
    [InlineData("l2.connection_string = 'h,abortConnect=false'")]
    public void A_key_with_effect_does_not_warn(string toml) => Assert.Empty(ConfigurationText.Load($"[services.s]\n{toml}").Warnings);

    [Fact]
    public void The_lru_engine_has_no_initial_capacity() => Assert.Equal(
        ["config.toml(3,1): services.s.l1.initial_capacity: has no effect yet: the \"lru\" engine grows as it fills"],
        ConfigurationText.Load("[services.s.l1]\neviction = 'lru'\ninitial_capacity = 5").Warnings);

    [Fact]
    public void Metrics_have_an_effect()
    {
        var configuration = ConfigurationText.Load("[global]\nenable_metrics = false\n[services.s]");
        Assert.False(configuration.EnableMetrics);
        Assert.Empty(configuration.Warnings);
    }

    [Theory]
    [InlineData("l1", "l2", "max_value_size = 5")]
    [InlineData("l1", "two_level", "batch_size = 5\nenable_batch_write = true")]
    [InlineData("l2", "l1", "initial_capacity = 5")]
    [InlineData("l2", "two_level", "")]
    public void A_section_that_the_cache_type_does_not_use_warns_once(string type, string section, string keys)
    {
        var warnings = ConfigurationText.Load($"[services.s]\ncache_type = '{type}'\n[services.s.{section}]\n{keys}").Warnings;
        Assert.Equal([$"config.toml(3,13): services.s.{section}: has no effect: cache_type \"{type}\" does not use it"], warnings);
    }

    [Fact]
    public void A_section_that_is_not_used_is_validated_all_the_same() => Assert.Equal(
        ["config.toml(4,18): services.s.l2.max_value_size: 0 is out of range, 1 … 536870912 bytes allowed"],
        ConfigurationText.Errors("[services.s]\ncache_type = 'l1'\n[services.s.l2]\nmax_value_size = 0"));

    [Fact]
    public void A_section_of_another_mode_warns() => Assert.Equal(
        ["config.toml(1,16): services.s.l2.cluster: has no effect: mode \"standalone\" does not use it"],
        ConfigurationText.Load("[services.s.l2.cluster]\nnodes = ['a']").Warnings);

    [Theory]
    [InlineData("connectTimeout=100", "connectTimeout has no effect: l2.connection_timeout_ms says it")]
    [InlineData("syncTimeout=100", "syncTimeout has no effect: l2.command_timeout_ms says it")]
    [InlineData("abortConnect=true", "abortConnect has no effect: a Redis that is down never stops the start")]
    public void A_keyword_that_is_not_used_warns(string keyword, string text) => Assert.Equal(
        [$"config.toml(2,21): services.s.l2.connection_string: {text}"], ConfigurationText.Load($"[services.s.l2]\nconnection_string = 'h,{keyword}'").Warnings);

    [Fact]
    public void Options_in_code_warn_of_what_has_no_effect_and_differs_from_its_default()
    {
        var options = new OxcacheOptions { Services = { ["s"] = new ServiceOptions { L1 = { Eviction = EvictionPolicy.Lru, InitialCapacity = 7 } } } };
        Assert.Equal(
            ["OxcacheOptions: services.s.l1.initial_capacity: has no effect yet: the \"lru\" engine grows as it fills"],
            OxcacheConfiguration.Resolve(options).Warnings);
    }

    [Fact]
    public void Options_in_code_warn_of_a_section_that_is_not_used()
    {
        var options = new OxcacheOptions { Services = { ["s"] = new ServiceOptions { CacheType = CacheType.L1, L2 = { Password = "pw" } } } };
        Assert.Equal(
            ["OxcacheOptions: services.s.l2: has no effect: cache_type \"l1\" does not use it"],
            OxcacheConfiguration.Resolve(options).Warnings);
    }
}
