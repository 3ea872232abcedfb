namespace Oxcaching.Fody.Tests.Support;

/// <summary>A project's folder as the weaver finds it in a build that names a configuration.</summary>
internal sealed class ProjectFolder : IDisposable
{
    public const string ConfigName = "config.toml";

    private readonly TemporaryFolder _folder = new();

    /// <param name="config">Null: the file is named, but is not there.</param>
    public ProjectFolder(string? config)
    {
        if (config is not null)
        {
            File.WriteAllText(ConfigFile, config);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(AssemblyFile)!);
        File.WriteAllText(Path.Combine(FullName, "obj", "App.csproj.Oxcache.settings"), $"Config={ConfigFile}\nRemoveSuppressions=true\n");
    }

    public string FullName => _folder.FullName;

    public string ConfigFile => Path.Combine(FullName, ConfigName);

    public string ProjectFile => Path.Combine(FullName, "App.csproj");

    public string AssemblyFile => Path.Combine(FullName, "obj", "App.dll");

    public void Dispose() => _folder.Dispose();
}
