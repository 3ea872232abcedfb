namespace Oxcaching.Tests.Configuration;

/// <summary>What a misspelt key is told.</summary>
public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("max_capcity", "max_capacity")]
    [InlineData("maxcapacity", "max_capacity")]
    [InlineData("Max-Capacity", "max_capacity")]
    [InlineData("tll", "ttl")]
    [InlineData("tt", "ttl")]
    [InlineData("evicton", "eviction")]
    public void A_near_miss_is_told_the_name_it_meant(string key, string meant) => Assert.Equal(
        [$"config.toml(2,1): services.s.l1.{key}: unknown key, did you mean '{meant}'?"], ConfigurationText.Errors($"[services.s.l1]\n{key} = 1"));

    [Fact]
    public void A_key_like_no_other_is_told_all_there_are() => Assert.Equal(
        ["config.toml(2,1): services.s.l1.colour: unknown key, known here: max_capacity, ttl, tti, initial_capacity, eviction"],
        ConfigurationText.Errors("[services.s.l1]\ncolour = 1"));

    [Fact]
    public void A_misspelt_section_is_told_the_name_it_meant() => Assert.Equal(
        ["config.toml(2,13): services.s.two-level: unknown key, did you mean 'two_level'?"],
        ConfigurationText.Errors("[services.s]\n[services.s.two-level]\npromote_on_hit = true"));

    [Fact]
    public void A_misspelt_root_table_is_told_the_name_it_meant() => Assert.Equal(
        ["config.toml(2,2): globals: unknown key, did you mean 'global'?"], ConfigurationText.Errors("[services.s]\n[globals]"));

    [Fact]
    public void A_key_outside_all_tables_is_told_which_there_are() => Assert.Equal(
        ["config.toml(1,1): default_ttl: unknown key, known here: global, services"], ConfigurationText.Errors("default_ttl = 5\n[services.s]"));

    [Fact]
    public void A_key_of_enormous_length_is_not_compared()
    {
        var error = Assert.Single(ConfigurationText.Errors($"[services.s]\n{new string('x', 100_000)} = 1"));
        Assert.EndsWith("two_level", error);
    }
}
