namespace Oxcaching.Tests.Configuration;

/// <summary>How a file is found and read.</summary>
public sealed class ConfigurationFileTests
{
    [Fact]
    public void A_missing_file_with_an_absolute_path_is_told_that()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.toml");
        Assert.Equal(
            $"{Path.GetFileName(path)}: file not found, looked for {path}", Assert.Throws<OxcacheConfigurationException>(() => OxcacheOptions.Load(path)).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_path_is_needed(string? path) => Assert.ThrowsAny<ArgumentException>(() => OxcacheOptions.Load(path!));

    [Fact]
    public void A_syntax_error_is_told_with_its_place_and_key()
    {
        Assert.Equal(
            ["config.toml(2,8): services.s.ttl: found 's', the end of the line expected"], ConfigurationText.Errors("[services.s]\nttl = 5s"));
        Assert.Equal(["config.toml(1,1): TOML: found '=', a key expected"], ConfigurationText.Errors("= 5"));
    }

    [Fact]
    public void The_file_is_called_as_the_user_calls_it() => ConfigurationText.WithFile("x = 1", path =>
    {
        var other = Path.Combine(Path.GetDirectoryName(path)!, "cache.settings.toml");
        File.Copy(path, other);
        var error = Assert.Throws<OxcacheConfigurationException>(() => OxcacheOptions.Load(other));
        return Assert.Single(error.Errors, e => e.StartsWith("cache.settings.toml(1,1): x: ", StringComparison.Ordinal));
    });

    [Fact]
    public void A_file_over_1_MiB_is_refused() => Assert.Equal(
        ["config.toml(1,1): TOML: the file is over 1 MiB, at most 1048576 bytes are allowed"],
        ConfigurationText.Errors("[services.s]\n#" + new string('x', 1024 * 1024)));

    [Fact]
    public void A_file_of_1_MiB_is_read()
    {
        const string Service = "[services.s]\n#";
        Assert.NotNull(ConfigurationText.Load(Service + new string('x', (1024 * 1024) - Service.Length)));
    }
}
