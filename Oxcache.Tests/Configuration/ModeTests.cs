using System.Net;
using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>What each mode of L2 needs, and what it makes of it.</summary>
public sealed class ModeTests
{
    private const string Sentinel = "[services.s.l2]\nmode = 'sentinel'\n";
    private const string Cluster = "[services.s.l2]\nmode = 'cluster'\n";

    [Fact]
    public void Sentinels_are_found_at_their_own_default_port()
    {
        var address = Address(Sentinel + "sentinel = { master_name = 'mymaster', nodes = ['b:1', 'a', '[::1]:7'] }");
        Assert.Equal((RedisMode.Sentinel, "mymaster"), (address.Mode, address.MasterName));
        Assert.Equal(
            [new IPEndPoint(IPAddress.IPv6Loopback, 7), new DnsEndPoint("a", 26379), new DnsEndPoint("b", 1)], address.EndPoints);
    }

    [Fact]
    public void Nodes_of_a_cluster_are_found_at_the_port_of_Redis()
    {
        var address = Address(Cluster + "cluster.nodes = ['a', '10.0.0.1:7000']");
        Assert.Equal(RedisMode.Cluster, address.Mode);
        Assert.Equal([new IPEndPoint(IPAddress.Parse("10.0.0.1"), 7000), new DnsEndPoint("a", 6379)], address.EndPoints);
    }

    [Fact]
    public void The_connection_string_gives_credentials_TLS_and_database_to_sentinels_primary()
    {
        var remote = ConfigurationText.Service(
            Sentinel + "connection_string = 'password=one,ssl=true,defaultDatabase=3'\nsentinel = { master_name = 'm', nodes = ['a'], password = 'two' }").Remote!;
        Assert.Equal(("one", true, 3), (remote.Address.Password, remote.Address.Tls, remote.Database));
        Assert.Equal("two", remote.Address.SentinelPassword);
    }

    [Fact]
    public void Sentinel_needs_a_name_and_sentinels() => Assert.Equal(
    [
        "config.toml(2,8): services.s.l2.sentinel.master_name: is missing, mode \"sentinel\" needs the name under which the sentinels know the primary: master_name = \"mymaster\"",
        "config.toml(2,8): services.s.l2.sentinel.nodes: is missing, mode \"sentinel\" needs the sentinels: nodes = [\"host:26379\"]",
    ], ConfigurationText.Errors(Sentinel));

    [Fact]
    public void Cluster_needs_nodes() => Assert.Equal(
        ["config.toml(2,8): services.s.l2.cluster.nodes: is missing, mode \"cluster\" needs some nodes of the cluster: nodes = [\"host:6379\"]"],
        ConfigurationText.Errors(Cluster));

    [Fact]
    public void Malformed_nodes_are_not_missing_too() => Assert.Equal(
        ["config.toml(3,17): services.s.l2.cluster.nodes: element 1: the port is not a port number, 1 … 65535 allowed"],
        ConfigurationText.Errors(Cluster + "cluster.nodes = ['a:b']"));

    [Fact]
    public void Options_in_code_are_held_to_the_same() => Assert.Equal(
        ["OxcacheOptions: services.s.l2.cluster.nodes: is missing, mode \"cluster\" needs some nodes of the cluster: nodes = [\"host:6379\"]"],
        ConfigurationText.Errors(new OxcacheOptions { Services = { ["s"] = new ServiceOptions { L2 = { Mode = RedisMode.Cluster } } } }));

    [Fact]
    public void A_cluster_has_one_database() => Assert.Equal(
        ["config.toml(4,21): services.s.l2.connection_string: names database 2, a cluster has only database 0"],
        ConfigurationText.Errors(Cluster + "cluster.nodes = ['h']\nconnection_string = 'redis://h/2'"));

    [Fact]
    public void Standalone_needs_an_end_point() => Assert.Equal(
        ["config.toml(2,21): services.s.l2.connection_string: no end point, host:port or redis://host:port allowed"],
        ConfigurationText.Errors("[services.s.l2]\nconnection_string = 'ssl=true'"));

    [Fact]
    public void A_user_of_the_sentinels_needs_a_password() => Assert.Equal(
        ["config.toml(3,55): services.s.l2.sentinel.user: is given without a password, give it as sentinel.password"],
        ConfigurationText.Errors(Sentinel + "sentinel = { master_name = 'm', nodes = ['a'], user = 'alice' }"));

    [Theory]
    [InlineData(Sentinel + "sentinel = { master_name = 'm', nodes = ['a'] }\nconnection_string = 'redis://elsewhere'", "sentinel.nodes")]
    [InlineData(Cluster + "cluster.nodes = ['a']\nconnection_string = 'redis://elsewhere'", "cluster.nodes")]
    public void An_end_point_that_does_not_count_warns(string toml, string key) => Assert.Equal(
        [$"config.toml(4,21): services.s.l2.connection_string: its end point has no effect: {key} says where"], ConfigurationText.Load(toml).Warnings);

    [Theory]
    [InlineData(Sentinel + "sentinel = { master_name = 'm', nodes = ['a'] }")]
    [InlineData(Sentinel + "sentinel = { master_name = 'm', nodes = ['a'] }\nconnection_string = 'password=pw'")]
    [InlineData(Cluster + "cluster.nodes = ['a', 'b']\nconnection_string = 'redis://:pw@b'")]
    public void A_connection_string_that_counts_does_not_warn(string toml) => Assert.Empty(ConfigurationText.Load(toml).Warnings);

    [Fact]
    public void A_section_of_another_mode_warns() => Assert.Equal(
        ["config.toml(4,1): services.s.l2.sentinel: has no effect: mode \"cluster\" does not use it"],
        ConfigurationText.Load(Cluster + "cluster.nodes = ['a']\nsentinel.master_name = 'm'").Warnings);

    [Fact]
    public void Services_that_name_the_same_deployment_have_equal_addresses()
    {
        static RedisAddress Of(string name, string nodes) => Address(Sentinel + $"sentinel = {{ master_name = '{name}', nodes = [{nodes}] }}");
        Assert.Equal(Of("m", "'a', 'b'"), Of("m", "'B', 'a:26379', 'a'"));
        Assert.NotEqual(Of("m", "'a'"), Of("n", "'a'"));
        Assert.NotEqual(Of("m", "'a'"), Of("m", "'b'"));
        Assert.NotEqual(Address(Cluster + "cluster.nodes = ['a']"), Address("[services.s.l2]\nconnection_string = 'a'"));
    }

    private static RedisAddress Address(string toml) => ConfigurationText.Service(toml).Remote!.Address;
}
