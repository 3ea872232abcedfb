namespace Oxcaching.Fody.Tests.Packages;

[Collection(PackageTests.Name)]
public class StrictProjects(PackageFeed feed)
{
    private static readonly string WithWarning = FreshProject.Program.Replace("[Cached(\"users\")]", "[Cached(\"users\", Key = \"user\")]", StringComparison.Ordinal);

    [Fact]
    public void Central_package_versions_and_warnings_as_errors_do_not_matter()
    {
        var project = new FreshProject(
            feed, "central", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", """<PackageReference Include="Oxcache.Fody" />""");
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <!-- The folder of packages is a second source. -->
                <NoWarn>$(NoWarn);NU1507</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="Oxcache.Fody" Version="{PackageFeed.Version}" />
              </ItemGroup>
            </Project>
            """);

        project.Build();

        Assert.Equal(FreshProject.Hit, project.Run());
    }

    [Fact]
    public void A_warning_is_an_error_where_warnings_are_until_it_is_silenced()
    {
        var project = new FreshProject(feed, "strict", program: WithWarning);
        const string strict = "-p:TreatWarningsAsErrors=true";

        var lenient = project.Dotnet(["build", .. FreshProject.Quiet]);
        var first = project.Dotnet(["build", .. FreshProject.Quiet, "--no-restore", "--no-incremental", strict]);
        var second = project.Dotnet(["build", .. FreshProject.Quiet, "--no-restore", strict]);
        project.Write("FodyWeavers.xml", "<Weavers><Oxcache NoWarn=\"OXC012\" /></Weavers>");
        project.Build("--no-restore", strict);

        Assert.Equal(0, lenient.ExitCode);
        Assert.Matches(@"Program\.cs\(\d+[^)]*\): warning .*OXC012: ", lenient.Output);
        Assert.All([first, second], build =>
        {
            Assert.Equal(1, build.ExitCode);
            Assert.Matches(@"Program\.cs\(\d+[^)]*\): error .*OXC012: ", build.Output);
        });
    }

    [Fact]
    public void SuppressMessage_silences_a_method_and_is_not_left_in_the_assembly()
    {
        var project = new FreshProject(feed, "suppressed", program: WithWarning.Replace(
            "[Cached(", "[System.Diagnostics.CodeAnalysis.SuppressMessage(\"Oxcache\", \"OXC012\")]\n    [Cached(", StringComparison.Ordinal));

        project.Build();

        Assert.DoesNotContain("OXC012", File.ReadAllText(project.PathOf("bin", "Debug", "net10.0", "App.dll"), System.Text.Encoding.Latin1), StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_are_checked_against_the_configuration_again_when_it_has_changed()
    {
        var project = new FreshProject(feed, "configured");

        project.Build();
        project.Write("config.toml", "[services.other]\ncache_type = \"l1\"\n");
        var missing = project.Dotnet(["build", .. FreshProject.Quiet, "--no-restore"]);
        project.Write("config.toml", "[services.users]\ncache_type = l1\n");
        var malformed = project.Dotnet(["build", .. FreshProject.Quiet, "--no-restore"]);
        project.Write("other.toml", "[services.users]\n");
        project.Build("--no-restore", "-p:OxcacheConfig=other.toml");
        project.Build("--no-restore", "-p:OxcacheConfig=none");

        Assert.Matches(@"Program\.cs\(\d+[^)]*\): error .*OXC015: .*config\.toml has no service ""users""\.", missing.Output);
        Assert.Matches(@"config\.toml\(2,14[^)]*\): error .*OXC015: services\.users\.cache_type: not a value", malformed.Output);
    }

    [Fact]
    public void Projects_that_one_build_weaves_are_each_checked_against_their_own_configuration()
    {
        _ = new FreshProject(feed, "checked_first");
        var second = new FreshProject(
            feed, "checked_second", items: FreshProject.PackageReference + """<ProjectReference Include="../checked_first/App.csproj" ReferenceOutputAssembly="false" />""");

        var both = second.Build("-m:1");
        second.Write("config.toml", "[services.users]\nttl = 5s\ncache_type = l1\n");
        File.AppendAllText(Path.Combine(second.Folder, "..", "checked_first", "Program.cs"), "\n");
        var malformed = second.Dotnet(["build", .. FreshProject.Quiet, "-m:1", "--no-restore"]);

        Assert.Equal(2, both.Output.Split("Oxcache: wove 1 method").Length - 1);
        Assert.Single(malformed.Output.Split("Oxcache: wove 1 method").Skip(1));
        Assert.Matches(@"config\.toml\(2,8[^)]*\): error .*OXC015: services\.users\.ttl: found 's'", malformed.Output);
        Assert.Matches(@"config\.toml\(3,14[^)]*\): error .*OXC015: services\.users: not a value", malformed.Output);
    }
}
