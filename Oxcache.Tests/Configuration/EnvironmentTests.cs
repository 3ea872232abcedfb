namespace Oxcaching.Tests.Configuration;

/// <summary>What <c>${…}</c> in a string becomes: a string, or whatever else the key wants.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private const string Set = "OXCACHE_CONFIG_TEST_SET";
    private const string Empty = "OXCACHE_CONFIG_TEST_EMPTY";
    private const string Missing = "OXCACHE_CONFIG_TEST_MISSING";

    public EnvironmentTests()
    {
        Environment.SetEnvironmentVariable(Set, "s3cret");
        Environment.SetEnvironmentVariable(Empty, "");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Set, null);
        Environment.SetEnvironmentVariable(Empty, null);
    }

    [Theory]
    [InlineData("${" + Set + "}", "s3cret")]
    [InlineData("a${" + Set + "}b${" + Set + "}c", "as3cretbs3cretc")]
    [InlineData("${" + Set + ":-other}", "s3cret")]
    [InlineData("${" + Missing + ":-other}", "other")]
    [InlineData("${" + Missing + ":-}", null)]
    [InlineData("${" + Missing + ":-a:-b}", "a:-b")]
    [InlineData("${" + Empty + "}", null)]
    [InlineData("${" + Empty + ":-other}", "other")]
    [InlineData("$${" + Set + "}", "${" + Set + "}")]
    [InlineData("$$$", "$$$")]
    [InlineData("cost: $5 }", "cost: $5 }")]
    public void A_string_is_filled_in(string text, string? expected) =>
        Assert.Equal(expected, ConfigurationText.Service($"[services.s.l2]\npassword = '{text}'").Remote!.Address.Password);

    [Fact]
    public void A_missing_variable_without_a_default_is_an_error_with_its_place() => Assert.Equal(
        [$"config.toml(2,12): services.s.l2.password: the environment variable {Missing} is not set, set it or give a default: ${{{Missing}:-default}}"],
        ConfigurationText.Errors($"[services.s.l2]\npassword = '${{{Missing}}}'"));

    [Theory]
    [InlineData("${")]
    [InlineData("${}")]
    [InlineData("${A")]
    [InlineData("${1A}")]
    [InlineData("${A B}")]
    [InlineData("${A-b}")]
    [InlineData("${A:-${B}}")]
    public void A_malformed_reference_is_an_error_with_its_place(string text) => Assert.Equal(
        ["config.toml(2,12): services.s.l2.password: malformed ${, ${NAME} or ${NAME:-default} allowed, and $${ for a literal ${"],
        ConfigurationText.Errors($"[services.s.l2]\npassword = '{text}'"));

    [Fact]
    public void The_elements_of_an_array_are_filled_in()
    {
        var options = ConfigurationText.LoadOptions($"[services.s.l2.cluster]\nnodes = ['${{{Set}}}:1', 'b:2']");
        Assert.Equal(["s3cret:1", "b:2"], options.Services["s"].L2.Cluster.Nodes);
    }

    [Theory]
    [InlineData("5000", 5000)]
    [InlineData("5_000", 5000)]
    [InlineData("+7", 7)]
    [InlineData("0x10", 16)]
    public void An_integer_may_come_from_a_variable(string value, int expected)
    {
        Environment.SetEnvironmentVariable(Set, value);
        Assert.Equal(expected, ConfigurationText.Service($"[services.s]\nl1.max_capacity = '${{{Set}}}'").Local!.MaxCapacity);
        Assert.Equal(expected, ConfigurationText.LoadOptions($"[global]\nwal_max_bytes = '${{{Set}}}'\n[services.s]").WalMaxBytes);
    }

    [Fact]
    public void A_duration_may_come_from_a_variable()
    {
        Environment.SetEnvironmentVariable(Set, "60");
        var service = ConfigurationText.Service($"[services.s]\nttl = '${{{Set}}}'\nl2.command_timeout_ms = '${{{Set}}}'");
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(60)), (service.Ttl, service.Remote!.CommandTimeout));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void A_switch_may_come_from_a_variable(string value, bool expected)
    {
        Environment.SetEnvironmentVariable(Set, value);
        Assert.Equal(expected, ConfigurationText.Service($"[services.s]\ncache_null = '${{{Set}}}'").CacheNull);
    }

    [Fact]
    public void A_choice_may_come_from_a_variable()
    {
        Environment.SetEnvironmentVariable(Set, "l1");
        Assert.Equal(CacheType.L1, ConfigurationText.Service($"[services.s]\ncache_type = '${{{Set}}}'").CacheType);
    }

    [Theory]
    [InlineData("a:1", new[] { "a:1" })]
    [InlineData("a:1, b:2 ,c:3", new[] { "a:1", "b:2", "c:3" })]
    [InlineData("", new string[0])]
    public void A_list_may_come_from_a_variable_separated_by_commas(string value, string[] expected)
    {
        Environment.SetEnvironmentVariable(Set, value.Length > 0 ? value : null);
        Assert.Equal(expected, ConfigurationText.LoadOptions($"[services.s.l2.cluster]\nnodes = '${{{Set}:-}}'").Services["s"].L2.Cluster.Nodes);
    }

    [Fact]
    public void A_value_of_any_kind_may_have_a_default_or_come_from_more_than_one_variable()
    {
        Environment.SetEnvironmentVariable(Set, "2");
        var service = ConfigurationText.Service(
            $"[services.s]\nttl = '${{{Missing}:-600}}'\nwal = '${{{Missing}:-false}}'\nl1.max_capacity = '1${{{Set}}}${{{Missing}:-0}}'");
        Assert.Equal((TimeSpan.FromMinutes(10), 120), (service.Ttl, service.Local!.MaxCapacity));
        Assert.Null(service.Journal);
    }

    [Theory]
    [InlineData("ttl = '600'", "found a string, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl = '$${600}'", "found a string, an integer, 1 … 2592000 seconds expected")]
    [InlineData("wal = 'true'", "found a string, true or false expected")]
    [InlineData("l2.cluster.nodes = 'a:1,b:2'", "found a string, an array of strings expected")]
    public void A_string_without_a_variable_stays_a_string(string pair, string problem)
    {
        var key = pair[..pair.IndexOf(' ', StringComparison.Ordinal)];
        Assert.Equal([$"config.toml(2,{key.Length + 4}): services.s.{key}: {problem}"], ConfigurationText.Errors($"[services.s]\n{pair}"));
    }

    [Theory]
    [InlineData("ttl", "s3cret", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "600s", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", " 600", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "600 # x", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "600\nwal = false", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "600.5", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "'600'", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "[600]", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "0123", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "9223372036854775808", "not valid, an integer, 1 … 2592000 seconds expected")]
    [InlineData("ttl", "31415926", "out of range, 1 … 2592000 seconds allowed")]
    [InlineData("l1.max_capacity", "many", "not valid, an integer, 1 … 10000000 entries expected")]
    [InlineData("l1.max_capacity", "31415926", "out of range, 1 … 10000000 entries allowed")]
    [InlineData("wal", "True", "not valid, true or false expected")]
    [InlineData("wal", "1", "not valid, true or false expected")]
    [InlineData("cache_type", "l3", "unknown value, \"l1\", \"l2\", \"two-level\" allowed")]
    [InlineData("l2.cluster.nodes", "a:1,b:s3cret", "element 2: the port is not a port number, 1 … 65535 allowed")]
    public void A_wrong_value_is_told_by_its_variable_and_not_shown(string key, string value, string problem)
    {
        Environment.SetEnvironmentVariable(Set, value);
        Assert.Equal(
            [$"config.toml(2,{key.Length + 4}): services.s.{key}: from ${{{Set}}}: {problem}"],
            ConfigurationText.Errors($"[services.s]\n{key} = \"${{{Set}}}\""));
    }

    [Fact]
    public void A_value_of_several_variables_that_is_wrong_is_told_by_all_of_them() => Assert.Equal(
        [$"config.toml(2,7): services.s.ttl: from ${{{Set}}} and ${{{Missing}}}: not valid, an integer, 1 … 2592000 seconds expected"],
        ConfigurationText.Errors($"[services.s]\nttl = '${{{Set}}}${{{Missing}:-0}}${{{Set}}}'"));

    [Fact]
    public void A_value_that_does_not_go_with_another_is_not_shown()
    {
        Environment.SetEnvironmentVariable(Set, "601");
        Assert.Equal(
        [
            "config.toml(3,10): services.s.l1.ttl: is longer than services.s.ttl",
            "config.toml(5,23): services.s.l1.initial_capacity: is more than services.s.l1.max_capacity",
        ], ConfigurationText.Errors($"[services.s]\nttl = 600\nl1.ttl = '${{{Set}}}'\nl1.max_capacity = '${{{Set}}}'\nl1.initial_capacity = 602"));
    }

    [Fact]
    public void Keys_are_not_filled_in() =>
        Assert.Contains("services.\"${", ConfigurationText.Errors($"[services.'${{{Set}}}']")[0], StringComparison.Ordinal);

    [Fact]
    public void What_is_filled_in_is_not_expanded_again()
    {
        Environment.SetEnvironmentVariable(Set, "${HOME}");
        Assert.Equal("${HOME}", ConfigurationText.Service($"[services.s.l2]\npassword = '${{{Set}}}'").Remote!.Address.Password);
    }

    [Theory]
    [InlineData("[services.s]\ncache_type = '${X}'")]
    [InlineData("[global]\nkey_prefix = 'a:${X}'\n[services.s]")]
    [InlineData("[services.s.l2]\nconnection_string = '${X}:x'")]
    [InlineData("[services.s.l2]\nconnection_string = 'h,${X}=1'")]
    [InlineData("[services.s.l2]\nconnection_string = 'redis://h?${X}=1'")]
    [InlineData("[services.s.l2]\nconnection_string = 'redis://${X}:${X}@h/${X}'")]
    [InlineData("[services.s.l2.cluster]\nnodes = ['${X}:x']")]
    public void A_wrong_value_from_the_environment_is_not_shown(string toml)
    {
        var errors = ConfigurationText.Errors(toml.Replace("${X}", $"${{{Set}}}", StringComparison.Ordinal));
        Assert.NotEmpty(errors);
        Assert.All(errors, e => Assert.DoesNotContain("s3cret", e, StringComparison.Ordinal));
    }
}
