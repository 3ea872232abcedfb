using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>Loads a configuration from text, through a real file called config.toml.</summary>
internal static class ConfigurationText
{
    public static OxcacheConfiguration Load(string toml, bool supportsUser = true) => WithFile(toml, path => OxcacheConfiguration.Load(path, supportsUser));

    public static OxcacheOptions LoadOptions(string toml) => WithFile(toml, OxcacheOptions.Load);

    public static IReadOnlyList<string> Errors(string toml, bool supportsUser = true) =>
        Assert.Throws<OxcacheConfigurationException>(() => Load(toml, supportsUser)).Errors;

    public static IReadOnlyList<string> Errors(OxcacheOptions options, bool supportsUser = true) =>
        Assert.Throws<OxcacheConfigurationException>(() => OxcacheConfiguration.Resolve(options, supportsUser)).Errors;

    /// <summary>The one service of the text.</summary>
    public static ServiceSettings Service(string toml) => Assert.Single(Load(toml).Services).Value;

    public static T WithFile<T>(string toml, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("oxcache-config-");
        try
        {
            var path = Path.Combine(folder.FullName, "config.toml");
            File.WriteAllText(path, toml);
            return use(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
