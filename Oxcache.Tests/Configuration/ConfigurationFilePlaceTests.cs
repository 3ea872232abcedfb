namespace Oxcaching.Tests.Configuration;

/// <summary>Where a relative path is looked for. Changes the working directory, so runs alone.</summary>
[Collection(nameof(ConfigurationFilePlaceTests))]
[CollectionDefinition(nameof(ConfigurationFilePlaceTests), DisableParallelization = true)]
public sealed class ConfigurationFilePlaceTests : IDisposable
{
    private readonly string _name = $"{Guid.NewGuid():N}.toml";
    private readonly string _workingDirectory = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("oxcache-config-");

    public ConfigurationFilePlaceTests() => Environment.CurrentDirectory = _folder.FullName;

    private string InWorkingDirectory => Path.Combine(Environment.CurrentDirectory, _name);

    private string InApplicationDirectory => Path.Combine(AppContext.BaseDirectory, _name);

    public void Dispose()
    {
        Environment.CurrentDirectory = _workingDirectory;
        _folder.Delete(recursive: true);
        File.Delete(InApplicationDirectory);
    }

    [Fact]
    public void A_missing_file_is_told_both_places_looked_at() => Assert.Equal(
        $"{_name}: file not found, looked for {InWorkingDirectory} and {InApplicationDirectory}",
        Assert.Throws<OxcacheConfigurationException>(() => OxcacheOptions.Load(_name)).Message);

    [Fact]
    public void A_file_in_the_applications_directory_is_found()
    {
        File.WriteAllText(InApplicationDirectory, "[services.application]");
        Assert.Equal("application", Assert.Single(OxcacheOptions.Load(_name).Services).Key);
    }

    [Fact]
    public void A_file_in_the_working_directory_comes_first()
    {
        File.WriteAllText(InApplicationDirectory, "[services.application]");
        File.WriteAllText(InWorkingDirectory, "[services.working]");
        Assert.Equal("working", Assert.Single(OxcacheOptions.Load(_name).Services).Key);
    }
}
