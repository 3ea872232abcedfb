using Mono.Cecil;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class Silencing
{
    private const string Source = """
        public record struct User(int Id)
        {
            [Cached(Key = "user")] public Task<int> Get(int id) { return Task.FromResult(Id + id); }
            [Cached(Key = "user")] public Task<int> Find(int id) { return Task.FromResult(Id + id); }
        }
        """;

    [Theory]
    [InlineData("OXC012", "OXC011 OXC013")]
    [InlineData("OXC011;OXC012", "OXC013")]
    [InlineData(" oxc011 , OXC012,OXC013 ", "")]
    [InlineData("", "OXC011 OXC012 OXC013")]
    public void The_element_silences_a_project(string noWarn, string left) =>
        Assert.Equal(left, string.Join(' ', WeaverRunner.Weave(Source, noWarn: noWarn).Warnings.Select(warning => warning.Id).Distinct().Order()));

    [Theory]
    [InlineData("UnconditionalSuppressMessage(\"Oxcache\", \"OXC012\")", 0)]
    [InlineData("UnconditionalSuppressMessage(\"Oxcache\", \"OXC012:Parameter not in the key\", Justification = \"reason\")", 0)]
    [InlineData("SuppressMessage(\"Oxcache\", \"OXC012\")", 0)]
    [InlineData("UnconditionalSuppressMessage(\"Oxcache\", \"OXC011\")", 1)]
    [InlineData("UnconditionalSuppressMessage(\"Trimming\", \"OXC012\")", 1)]
    public void An_attribute_silences_a_method(string attribute, int left) => Assert.Equal(left, WeaverRunner.Weave($$"""
        public static class Users
        {
            [Cached(Key = "user")]
            [System.Diagnostics.CodeAnalysis.{{attribute}}]
            public static Task<int> Get(int id) { return Task.FromResult(id); }
        }
        """).Warnings.Count);

    [Fact]
    public void An_attribute_on_a_type_silences_all_in_it() => Expect.Warnings("""
        [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Oxcache", "OXC012")]
        public static class Users
        {
            public static class Inner
            {
                [Cached(Key = "inner")] public static Task<int> Get(int id) { return Task.FromResult(id); }
            }
        }

        public static class Others
        {
            [Cached(Key = "other")] public static Task<int> Get(int id) { return Task.FromResult(id); } // OXC012
        }
        """);

    [Fact]
    public void Errors_cannot_be_silenced() => Assert.Single(WeaverRunner.Weave(
        """
        public static class Users
        {
            [Cached]
            [System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage("Oxcache", "OXC001")]
            public static int Get(int id) => id;
        }
        """, noWarn: "OXC001").Errors);

    [Fact]
    public void Suppressions_that_were_kept_for_the_weaver_are_gone_from_what_it_wrote()
    {
        const string source = """
                public static class Users
            {
                [System.Diagnostics.CodeAnalysis.SuppressMessage("Any", "ANY1")]
                public static int Get([System.Diagnostics.CodeAnalysis.SuppressMessage("Any", "ANY2")] int id) => id;
            }
            """;
        using var project = new ProjectFolder("");

        Assert.Equal(2, Suppressions(WeaverRunner.Weave(source)));
        Assert.Equal(0, Suppressions(WeaverRunner.Weave(source, project: project)));
    }

    private static int Suppressions(WeaveResult result)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(result.Assembly));
        var methods = module.GetTypes().SelectMany(type => type.Methods).ToList();
        return methods.Cast<ICustomAttributeProvider>().Concat(methods.SelectMany(method => method.Parameters))
            .SelectMany(member => member.CustomAttributes)
            .Count(attribute => attribute.AttributeType.Name == "SuppressMessageAttribute");
    }
}
