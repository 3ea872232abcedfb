namespace Oxcaching.Fody.Tests.Packages;

[Collection(PackageTests.Name)]
public class Installing(PackageFeed feed)
{
    [Fact]
    public void A_fresh_project_needs_one_package_and_is_woven_again_only_when_the_weaver_has_changed()
    {
        var project = new FreshProject(feed, "fresh");

        var first = project.Build();
        var printed = project.Run();
        var second = project.Build("--no-restore");
        File.SetLastWriteTimeUtc(feed.InstalledWeaver, DateTime.UtcNow);
        var third = project.Build("--no-restore");

        Assert.Matches(@"Oxcache: wove 1 method in 1 service, \d+ ms", first.Output);
        Assert.Equal(FreshProject.Hit, printed);
        Assert.DoesNotContain("Oxcache: wove", second.Output, StringComparison.Ordinal);
        Assert.Contains("Oxcache: wove 1 method", third.Output, StringComparison.Ordinal);
        Assert.Equal(FreshProject.Hit, project.Run());
        Assert.Contains("name=\"NoWarn\"", File.ReadAllText(project.PathOf("FodyWeavers.xsd")), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_give_the_same_bytes()
    {
        const string properties = "<DebugType>embedded</DebugType><PathMap>$(MSBuildProjectDirectory)=/_/</PathMap>";
        var (one, two) = (new FreshProject(feed, "one", properties), new FreshProject(feed, "another", properties));

        one.Build();
        two.Build();

        Assert.Equal(Assembly(one), Assembly(two));

        static byte[] Assembly(FreshProject project) => File.ReadAllBytes(project.PathOf("bin", "Debug", "net10.0", "App.dll"));
    }

    [Fact]
    public void An_application_of_a_woven_library_gets_the_runtime_and_no_weaver()
    {
        var library = new FreshProject(
            feed,
            "library",
            "<OutputType>Library</OutputType><AssemblyName>Users</AssemblyName>",
            """
            <PackageReference Include="Oxcache" Version="$version$" />
            <PackageReference Include="Oxcache.Fody" Version="$version$" PrivateAssets="all" />
            """,
            FreshProject.Program[FreshProject.Program.IndexOf("public static class", StringComparison.Ordinal)..]);
        var application = new FreshProject(
            feed,
            "application",
            items: """<ProjectReference Include="../library/App.csproj" /><Using Include="Oxcaching" />""",
            program: FreshProject.Program[..FreshProject.Program.IndexOf("public static class", StringComparison.Ordinal)]);
        File.Delete(application.PathOf("FodyWeavers.xml"));

        var build = application.Build();

        Assert.Single(build.Output.Split("Oxcache: wove 1 method").Skip(1));
        Assert.Equal(FreshProject.Hit, application.Run());
        Assert.DoesNotContain("Oxcache.Fody", File.ReadAllText(application.PathOf("obj", "App.csproj.nuget.g.props")), StringComparison.Ordinal);
        Assert.False(Directory.EnumerateFiles(library.Folder, "*Fody*.dll", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public void An_output_folder_of_its_own_two_frameworks_and_a_strong_name_do_not_matter()
    {
        var project = new FreshProject(
            feed,
            "frameworks",
            """
            <TargetFramework /><TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>
            <SignAssembly>true</SignAssembly><AssemblyOriginatorKeyFile>key.snk</AssemblyOriginatorKeyFile>
            """,
            FreshProject.PackageReference.Replace("/>", "Condition=\"'$(TargetFramework)' == 'net10.0'\" />", StringComparison.Ordinal),
            $"#if NET\n{FreshProject.Program}\n#else\nSystem.Console.WriteLine();\n#endif");
        File.WriteAllBytes(project.PathOf("key.snk"), StrongName.NewKey());

        var both = project.Build();
        project.Build("--no-restore", "-f", "net10.0", "-o", "out");

        Assert.Contains("Oxcache: wove 1 method", both.Output, StringComparison.Ordinal);
        Assert.Equal(FreshProject.Hit, project.Run("out", "App.dll"));
        Assert.True(StrongName.IsSigned(project.PathOf("out", "App.dll")));
        Assert.True(File.Exists(project.PathOf("bin", "Debug", "netstandard2.0", "App.dll")));
    }
}
