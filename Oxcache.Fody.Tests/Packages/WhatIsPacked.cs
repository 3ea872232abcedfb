using System.IO.Compression;
using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Tests.Packages;

[Collection(PackageTests.Name)]
public class WhatIsPacked(PackageFeed feed)
{
    /// <summary>Tomlyn, and what it needs where .NET does not have it.</summary>
    private static readonly string[] BesideTheWeaver =
    [
        "Microsoft.Bcl.AsyncInterfaces.dll", "System.Buffers.dll", "System.Collections.Immutable.dll", "System.IO.Pipelines.dll", "System.Memory.dll",
        "System.Numerics.Vectors.dll", "System.Runtime.CompilerServices.Unsafe.dll", "System.Text.Encodings.Web.dll", "System.Text.Json.dll",
        "System.Threading.Tasks.Extensions.dll", "Tomlyn.dll",
    ];

    [Fact]
    public void Pack_at_the_root_makes_two_packages_and_no_warning()
    {
        var files = Directory.GetFiles(feed.Feed).Select(Path.GetFileName).Order();

        Assert.Equal([$"Oxcache.{PackageFeed.Version}.nupkg", $"Oxcache.Fody.{PackageFeed.Version}.nupkg"], files);
        Assert.DoesNotContain("warning", feed.PackOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_has_its_documentation_and_symbols()
    {
        using var package = Open("Oxcache");

        Assert.Equal(["README.md", "lib/net10.0/Oxcache.dll", "lib/net10.0/Oxcache.xml"], Content(package));
        Assert.True(HasSymbols(package, "lib/net10.0/Oxcache.dll"));
    }

    [Fact]
    public void The_weaver_has_its_schema_symbols_and_build_file_and_nothing_for_those_who_only_use_a_woven_library()
    {
        using var package = Open("Oxcache.Fody");

        Assert.Equal(
        [
            "README.md", "THIRD-PARTY-NOTICES.txt", "build/Oxcache.Fody.props", "lib/net10.0/_._",
            .. BesideTheWeaver.Append("Oxcache.Fody.dll").Append("Oxcache.Fody.xcf").Order(StringComparer.Ordinal).Select(file => $"weaver/{file}"),
        ], Content(package));
        Assert.True(HasSymbols(package, "weaver/Oxcache.Fody.dll"));
    }

    [Fact]
    public void Everything_that_the_weaver_refers_to_lies_beside_it_or_comes_with_Fody()
    {
        using var package = Open("Oxcache.Fody");
        var names = BesideTheWeaver.Append("Oxcache.Fody.dll").ToList();

        var referred = names.SelectMany(name =>
        {
            using var module = Module(package, $"weaver/{name}");
            return module.AssemblyReferences.Select(reference => $"{reference.Name}.dll").ToList();
        });

        Assert.Empty(referred.Distinct().Except(names).Except(["netstandard.dll", "FodyHelpers.dll", "Mono.Cecil.dll", "Mono.Cecil.Rocks.dll"]));
    }

    [Fact]
    public void The_weaver_brings_Fody_and_the_library_of_its_own_version()
    {
        using var package = Open("Oxcache.Fody");

        var dependencies = Manifest(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value} {element.Attribute("include")?.Value}");

        Assert.Equal(["Fody 6.9.3 All", $"Oxcache {PackageFeed.Version} All"], dependencies);
    }

    [Theory]
    [InlineData("Oxcache")]
    [InlineData("Oxcache.Fody")]
    public void Both_say_who_made_them_under_which_licence_and_where_to_read_on(string id)
    {
        using var package = Open(id);
        var metadata = Manifest(package).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);

        Assert.Equal(("The Oxcache authors", "MIT", "README.md"), (metadata["authors"], metadata["license"], metadata["readme"]));
        Assert.NotEmpty(metadata["description"]);
        Assert.DoesNotContain("projectUrl", metadata.Keys);
    }

    private static List<string> Content(ZipArchive package) => package.Entries
        .Select(entry => entry.FullName)
        .Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal) && !name.StartsWith('_') && !name.StartsWith('[') && !name.StartsWith("package/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).ToList();

    private static XDocument Manifest(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static bool HasSymbols(ZipArchive package, string assembly)
    {
        using var module = Module(package, assembly);
        return module.GetDebugHeader().Entries.Any(entry => entry.Directory.Type == ImageDebugType.EmbeddedPortablePdb);
    }

    private static ModuleDefinition Module(ZipArchive package, string assembly)
    {
        using var stream = package.GetEntry(assembly)!.Open();
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return ModuleDefinition.ReadModule(copy);
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(feed.Feed, $"{id}.{PackageFeed.Version}.nupkg"));
}
