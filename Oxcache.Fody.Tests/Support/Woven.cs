using System.Reflection;
using System.Runtime.Loader;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>A test source that was compiled, woven, checked and loaded.</summary>
internal static class Woven
{
    /// <summary>Loads the woven source.</summary>
    public static Assembly Load(string source, Build build)
    {
        TestCache.Start();
        var result = WeaverRunner.Weave(source, build);
        Assert.Empty(result.Errors);
        IlCheck.Verify(result.Assembly);
        var assembly = new AssemblyLoadContext(null).LoadFromStream(new MemoryStream(result.Assembly));
        IlCheck.Prepare(assembly);
        return assembly;
    }

    /// <summary>Runs the static method <c>Scenario.Run</c> of the woven source.</summary>
    public static async Task<object?> RunAsync(Build build, string source)
    {
        var scenario = Load(source, build).GetTypes().Single(type => type.Name == "Scenario");
        var run = scenario.GetMethod("Run")!.CreateDelegate<Func<Task<object?>>>();
        return await run();
    }
}
