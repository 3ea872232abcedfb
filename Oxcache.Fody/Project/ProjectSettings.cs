using Fody;

namespace Oxcaching.Fody.Project;

/// <summary>What the package's build file knows of the project and Fody does not pass on: lines of <c>Name=value</c> in a file of obj.</summary>
internal sealed class ProjectSettings
{
    private const string Suffix = ".Oxcache.settings";

    private readonly Dictionary<string, string> _values;

    private ProjectSettings(Dictionary<string, string> values) => _values = values;

    /// <summary>Full path of the configuration that methods are checked against; null: they are not.</summary>
    public string? Config => _values.TryGetValue(nameof(Config), out var path) && path.Length > 0 ? path : null;

    /// <summary>Whether the build has kept [SuppressMessage] for the weaver's eyes only.</summary>
    public bool RemoveSuppressions => _values.TryGetValue(nameof(RemoveSuppressions), out var value) && value == "true";

    public static ProjectSettings Of(BaseModuleWeaver weaver)
    {
        if (string.IsNullOrEmpty(weaver.AssemblyFilePath) || string.IsNullOrEmpty(weaver.ProjectFilePath))
        {
            return new ProjectSettings(new Dictionary<string, string>());
        }

        var assembly = Path.Combine(weaver.ProjectDirectoryPath ?? "", weaver.AssemblyFilePath);
        var file = Path.Combine(Path.GetDirectoryName(assembly)!, Path.GetFileName(weaver.ProjectFilePath) + Suffix);
        return new ProjectSettings(File.Exists(file) ? Read(file) : new Dictionary<string, string>());
    }

    private static Dictionary<string, string> Read(string file) => File.ReadAllLines(file)
        .Select(line => line.Split(new[] { '=' }, 2))
        .Where(parts => parts.Length == 2)
        .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
}
