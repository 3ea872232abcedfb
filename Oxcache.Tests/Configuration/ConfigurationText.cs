using Oxcaching.Configuration;

namespace Oxcaching.Tests.Configuration;

/// <summary>Loads a configuration from text, through a real file called config.toml.</summary>
internal static class ConfigurationText
{
    public static OxcacheConfiguration Load(string toml) => WithFile(toml, OxcacheConfiguration.Load);

    public static OxcacheOptions LoadOptions(string toml) => WithFile(toml, OxcacheOptions.Load);

    public static IReadOnlyList<string> Errors(string toml) =>
        Assert.Throws<OxcacheConfigurationException>(() => Load(toml)).Errors;

    public static IReadOnlyList<string> Errors(OxcacheOptions options) =>
        Assert.Throws<OxcacheConfigurationException>(() => OxcacheConfiguration.Resolve(options)).Errors;

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
