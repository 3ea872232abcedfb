namespace Oxcaching.Tests.Configuration;

/// <summary>What <c>${…}</c> in a string becomes.</summary>
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
