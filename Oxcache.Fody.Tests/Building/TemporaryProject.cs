using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Building;

/// <summary>A small project in a folder of its own, built by the real <c>dotnet build</c> with Fody and the weaver.</summary>
internal sealed class TemporaryProject : IDisposable
{
    private const string WeaverFile = "Oxcache.Fody.dll";

    private readonly string _folder = Directory.CreateTempSubdirectory("oxcache-build-").FullName;

    public TemporaryProject(string source)
    {
        var bin = AppContext.BaseDirectory;
        File.Copy(Path.Combine(bin, WeaverFile), Path.Combine(_folder, WeaverFile));
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("FodyWeavers.xml", "<Weavers><Oxcache /></Weavers>");
        Write("Program.cs", source);
        Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Repository.PathOf("Oxcache.Fody", "build", "Oxcache.Fody.props")}" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <DebugType>embedded</DebugType>
                <FodyGenerateXsd>false</FodyGenerateXsd>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Fody" Version="{Repository.Metadata("FodyVersion")}" PrivateAssets="all" />
                <Reference Include="{Path.Combine(bin, "Oxcache.dll")}" />
                <WeaverFiles Include="{WeaverFile}" />
              </ItemGroup>
            </Project>
            """);
    }

    public void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);

    /// <summary>Makes the weaver newer than what it has woven.</summary>
    public void RenewWeaver() => File.SetLastWriteTimeUtc(Path.Combine(_folder, WeaverFile), DateTime.UtcNow);

    public BuildOutcome Build(params string[] more) => Command.Run(_folder, "dotnet", ["build", "-nodeReuse:false", "-nologo", "-tl:off", .. more]);

    /// <summary>Runs what was built, with environment variables of its own.</summary>
    public BuildOutcome Run(string configuration, params (string Name, string Value)[] variables) =>
        Command.Run(_folder, "dotnet", [Path.Combine("bin", configuration, "net10.0", "App.dll")], variables);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
