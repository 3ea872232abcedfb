using System.Text.RegularExpressions;
using Oxcaching.Fody.Tests.Building;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Packages;

/// <summary>A project outside the solution, as a user makes it: a reference to the package, and the FodyWeavers.xml of the README.</summary>
internal sealed partial class FreshProject
{
    /// <summary>Says after each call how often the body has run.</summary>
    public const string Program = """
        Oxcache.Init("config.toml");
        Console.WriteLine($"{await Users.GetAsync(1)}, {Users.Runs} run");
        Console.WriteLine($"{await Users.GetAsync(1)}, {Users.Runs} run");

        public static class Users
        {
            public static int Runs { get; private set; }

            [Cached("users")]
            public static async Task<string> GetAsync(long id)
            {
                Runs++;
                await Task.Yield();
                return $"user {id}";
            }
        }
        """;

    public const string Hit = "user 1, 1 run\nuser 1, 1 run\n";

    public const string PackageReference = """<PackageReference Include="Oxcache.Fody" Version="$version$" />""";

    public static readonly string[] Quiet = ["-nologo", "-tl:off", "-nodeReuse:false", "-v:normal"];

    private readonly PackageFeed _feed;

    /// <param name="feed">Where the packages are.</param>
    /// <param name="name">Of the project's folder.</param>
    /// <param name="properties">More of the project's properties.</param>
    /// <param name="items">Its items.</param>
    /// <param name="program">Its source.</param>
    public FreshProject(PackageFeed feed, string name, string properties = "", string items = PackageReference, string program = Program)
    {
        _feed = feed;
        Folder = Directory.CreateDirectory(feed.PathOf(name)).FullName;
        Write("FodyWeavers.xml", Weavers().Match(File.ReadAllText(Repository.PathOf("README.md"))).Value);
        Write("config.toml", "[services.users]\ncache_type = \"l1\"\n");
        Write("Program.cs", program);
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items.Replace("$version$", PackageFeed.Version, StringComparison.Ordinal)}
                <None Update="config.toml" CopyToOutputDirectory="PreserveNewest" />
              </ItemGroup>
            </Project>
            """);
    }

    public string Folder { get; }

    public string PathOf(params string[] parts) => Path.Combine([Folder, .. parts]);

    public void Write(string file, string content) => File.WriteAllText(PathOf(file), content);

    /// <summary>Builds without a warning.</summary>
    public BuildOutcome Build(params string[] more)
    {
        var build = _feed.Dotnet(Folder, ["build", .. Quiet, .. more]);
        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
        return build;
    }

    public BuildOutcome Dotnet(params string[] arguments) => _feed.Dotnet(Folder, arguments);

    /// <summary>Runs what was built, and returns what it printed.</summary>
    public string Run(params string[] path)
    {
        var outcome = Command.Run(Folder, "dotnet", [PathOf(path.Length > 0 ? path : ["bin", "Debug", "net10.0", "App.dll"])]);
        Assert.True(outcome.ExitCode == 0, outcome.Output);
        return outcome.Output.ReplaceLineEndings("\n");
    }

    [GeneratedRegex("<Weavers>.*?</Weavers>", RegexOptions.Singleline)]
    private static partial Regex Weavers();
}
