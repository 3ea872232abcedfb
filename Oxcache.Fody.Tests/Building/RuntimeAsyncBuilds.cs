using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Building;

/// <summary>The corpus, and what only a program can have, compiled to the async of the runtime and run by it.</summary>
public class RuntimeAsyncBuilds
{
    private const string Properties = """
        <Project>
          <PropertyGroup>
            <LangVersion>preview</LangVersion>
            <EnablePreviewFeatures>true</EnablePreviewFeatures>
            <Features>runtime-async=on</Features>
            <NoWarn>$(NoWarn);SYSLIB5007</NoWarn>
            <Nullable>enable</Nullable>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
          </PropertyGroup>
        </Project>
        """;

    private const string Program = """
        using System.Reflection;

        Oxcache.Init(new OxcacheOptions { Services = { ["default"] = new ServiceOptions { CacheType = CacheType.L1 } } });
        foreach (var scenario in Assembly.GetExecutingAssembly().GetTypes().Where(type => type.Name == "Scenario").OrderBy(type => type.Namespace))
        {
            var told = await scenario.GetMethod("Run")!.CreateDelegate<Func<Task<string>>>()();
            Console.WriteLine($"{scenario.Namespace}: {told}");
        }

        Console.WriteLine($"local: {await LocalAsync(1)}{await LocalAsync(1)} {Runs.Count}");
        Console.WriteLine($"thrown: {await Thrown.ByAsync()}");
        Console.WriteLine($"machines: {typeof(Thrown).GetNestedTypes(BindingFlags.NonPublic).Count(type => type.Name.Contains(">d__"))}");
        var bodies = typeof(Thrown).GetMethods(BindingFlags.NonPublic | BindingFlags.Static).Where(method => method.Name.Contains("Uncached"));
        Console.WriteLine($"runtime: {bodies.All(method => ((int)method.MethodImplementationFlags & 0x2000) != 0)}");
        Console.WriteLine($"key: {CacheKey.For(() => Thrown.FailAsync(1))}");

        [Cached]
        static async Task<string> LocalAsync(int id)
        {
            Runs.Count++;
            await Task.Yield();
            return $"local {id} ";
        }

        public static class Runs
        {
            public static int Count;
        }

        public static class Thrown
        {
            [Cached]
            public static async Task<int> FailAsync(int id, CancellationToken ct = default)
            {
                await Task.Yield();
                throw new InvalidOperationException("body");
            }

            [Cached]
            public static async ValueTask<int> EarlyAsync(int id) => id > 0 ? throw new InvalidOperationException("early") : await Task.FromResult(1);

            public static async Task<string> ByAsync()
            {
                var task = EarlyAsync(1);
                try { await FailAsync(1); return ""; }
                catch (InvalidOperationException e) when (e.StackTrace!.Contains("Program.cs:line 36"))
                {
                    try { await task; return ""; }
                    catch (InvalidOperationException f) { return e.Message + " " + f.Message; }
                }
            }
        }
        """;

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void The_corpus_runs_on_the_async_of_the_runtime(string configuration)
    {
        using var project = new TemporaryProject(Program);
        project.Write("Directory.Build.props", Properties);
        foreach (var name in Corpus.Names)
        {
            project.Write($"{name}.cs", $"namespace Corpus.{name};\n{Corpus.Source(name)}");
        }

        var build = project.Build("-c", configuration);
        Assert.True(build.ExitCode == 0, build.Output);
        var run = project.Run(configuration, ("DOTNET_RuntimeAsync", "1"));

        Assert.Equal(
            [
                .. Corpus.Names.Select(name => $"Corpus.{name}: {Corpus.Expected(name)}".TrimEnd()),
                "local: local 1 local 1  1",
                "thrown: body early",
                "machines: 0",
                "runtime: True",
                "key: Thrown.FailAsync(int,CancellationToken):1",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
    }
}
