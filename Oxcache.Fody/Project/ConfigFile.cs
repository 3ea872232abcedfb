using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Fody.Project;

/// <summary>The services of a configuration, as far as it can be read without the environment it will run in.</summary>
internal sealed class ConfigFile
{
    private const int DefaultTtl = 300;

    private readonly Dictionary<string, ServiceConfig> _services = new(StringComparer.Ordinal);

    private ConfigFile(string path) => Name = Path.GetFileName(path);

    public string Name { get; }

    public IEnumerable<string> Services => _services.Keys;

    /// <exception cref="TomlSyntaxException">The file is no TOML.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConfigFile Read(string path)
    {
        var file = new ConfigFile(path);
        var document = TomlDocument.Read(File.ReadAllBytes(path));
        var defaultTtl = Ttl(Table(document, "global"), "default_ttl", DefaultTtl);
        foreach (var service in Table(document, "services")?.Entries ?? Array.Empty<KeyValuePair<TomlKey, TomlValue>>())
        {
            file._services.Add(service.Key.Name, Service(service.Value as TomlTable, defaultTtl));
        }

        return file;
    }

    public ServiceConfig? Find(string service) => _services.TryGetValue(service, out var found) ? found : null;

    private static ServiceConfig Service(TomlTable? table, long? defaultTtl)
    {
        var ttl = Ttl(table, "ttl", defaultTtl);
        return new ServiceConfig(LevelsOf(table), Ttl(Table(table, "l1"), "ttl", ttl));
    }

    /// <summary>A value from the environment, or one that Init will refuse, rules nothing out.</summary>
    private static Levels LevelsOf(TomlTable? table) => (table?.Find("cache_type") as TomlScalar<string>)?.Value switch
    {
        "l1" => Levels.L1,
        "l2" => Levels.L2,
        _ => Levels.TwoLevel,
    };

    private static TomlTable? Table(TomlTable? parent, string name) => parent?.Find(name) as TomlTable;

    /// <summary>Null: there is one, but it comes from the environment, or Init will refuse it.</summary>
    private static long? Ttl(TomlTable? parent, string name, long? inherited) =>
        parent?.Find(name) is { } value ? (value as TomlScalar<long>)?.Value : inherited;
}
