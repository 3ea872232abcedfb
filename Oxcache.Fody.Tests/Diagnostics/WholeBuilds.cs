using Mono.Cecil;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class WholeBuilds
{
    private const string Mistakes = """
        public abstract class Users
        {
            [Cached(Ttl = -5, Key = "{")]
            public static int Wrong(ref int id, Span<int> span) { return 1; } // OXC001 OXC003 OXC004 OXC005 OXC007

            [Cached(Key = "{id}")]
            public static Task<int> AlsoWrong(int[] ids) { return Task.FromResult(1); } // OXC006

            [Cached]
            public static async Task<int> Collection(List<object> ids) { await Task.Yield(); return 1; } // OXC010

            [Cached]
            public static Task<int> Right(int id) { return Task.FromResult(id); }
        }
        """;

    [Theory, BothBuilds]
    public void All_mistakes_are_told_at_once(Build build) => Assert.Equal(7, Expect.Errors(Mistakes, build).Count);

    [Fact]
    public void Nothing_is_woven_when_there_is_a_mistake()
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(WeaverRunner.Weave(Mistakes).Assembly));

        Assert.DoesNotContain(module.GetTypes().SelectMany(type => type.Methods), method => method.Name.Contains("Uncached", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_without_cached_methods_is_left_alone()
    {
        var result = WeaverRunner.Weave("public static class Users { public static int Count() => 1; }");

        Assert.Empty(result.Errors);
        Assert.Equal(["Oxcache: no method is marked [Cached], nothing to weave."], result.Messages);
    }

    [Fact]
    public void The_build_says_how_much_was_woven()
    {
        var result = WeaverRunner.Weave("""
            public static class Users
            {
                [Cached("a")] public static Task<int> One(int id) => Task.FromResult(id);
                [Cached("a")] public static Task<int> Two(int id) => Task.FromResult(id);
                [Cached("b")] public static Task<int> Three(int id) => Task.FromResult(id);
            }
            """);

        Assert.Matches(@"^Oxcache: wove 3 methods in 2 services, \d+ ms$", Assert.Single(result.Messages));
    }

    [Theory]
    [InlineData("Elsewhere", @"^OXC009: Case\d+ uses \[Cached\], but does not reference the runtime library Oxcache\. Add a reference to the package Oxcache\.$")]
    [InlineData("Oxcache", @"^OXC009: The runtime library Oxcache 0\.0\.0\.0 is older than the weaver Oxcache\.Fody \S+\. Use the same version of both packages\.$")]
    public void OXC009_the_runtime_library_is_missing_or_too_old(string assemblyName, string text)
    {
        using var folder = new TemporaryFolder();
        var library = folder.Write(
            $"{assemblyName}.dll",
            SourceCompiler.CompileRuntime(assemblyName, "namespace Oxcaching { public sealed class CachedAttribute : System.Attribute; }"));

        var texts = Expect.Errors(
            """
            public static class Users
            {
                [Cached]
                public static Task<int> Get(int id) { return Task.FromResult(id); } // OXC009
            }
            """,
            references: [.. References.WithoutRuntime, library]);

        Assert.Matches(text, texts[0]);
    }
}
