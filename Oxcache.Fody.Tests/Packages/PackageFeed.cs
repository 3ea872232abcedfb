using Oxcaching.Fody.Tests.Building;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Packages;

/// <summary>The packages, made once by <c>dotnet pack</c> at the root, with a package cache of their own that has seen no others.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackageFeed()
    {
        // Outside the repository: other builds of it may be running.
        var pack = Command.Run(
            Repository.PathOf(),
            "dotnet",
            ["pack", "-nologo", "-tl:off", "-nodeReuse:false", "-p:RunAnalyzers=false", "--artifacts-path", PathOf("artifacts"), "-o", Feed]);
        Assert.True(pack.ExitCode == 0, pack.Output);
        PackOutput = pack.Output;
        File.WriteAllText(PathOf("Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestoreAdditionalProjectSources>{Feed}</RestoreAdditionalProjectSources>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(PathOf("Directory.Packages.props"), "<Project />");
    }

    public static string Version => Repository.Metadata("OxcacheVersion");

    public string PackOutput { get; }

    public string Feed => PathOf("feed");

    /// <summary>Where the projects' restores put the weaver.</summary>
    public string InstalledWeaver => Path.Combine(Cache, "oxcache.fody", Version, "weaver", "Oxcache.Fody.dll");

    private string Cache => PathOf("packages");

    public void Dispose() => _folder.Dispose();

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal BuildOutcome Dotnet(string folder, params string[] arguments) => Command.Run(folder, "dotnet", arguments, ("NUGET_PACKAGES", Cache));
}
