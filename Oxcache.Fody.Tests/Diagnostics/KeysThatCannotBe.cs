using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class KeysThatCannotBe
{
    [Theory]
    [InlineData("", "it is empty; leave Key out to get the default key")]
    [InlineData("user_{id", "the '{' at position 6 is not closed; write {{ for a brace in the key")]
    [InlineData("user_{id{name}", "the '{' at position 6 is not closed; write {{ for a brace in the key")]
    [InlineData("user_id}", "the '}' at position 8 closes nothing; write }} for a brace in the key")]
    [InlineData("user_{}", "the braces at position 6 are empty; put the name of a parameter between them")]
    [InlineData("user_{ }", "the braces at position 6 are empty; put the name of a parameter between them")]
    [InlineData("user_{id:D4}", "{id:D4} has a format, which is not supported yet; name the parameter alone")]
    [InlineData("user_{name.Length}", "{name.Length} names a member, which is not supported yet; pass the member as a parameter of its own")]
    [InlineData("user_{i d}", "{i d} is not the name of a parameter")]
    [InlineData("user_{0}", "{0} is not the name of a parameter")]
    public void OXC005_a_malformed_template(string template, string problem)
    {
        var texts = Expect.Errors($$"""
            public static class Users
            {
                [Cached(Key = "{{template}}")]
                public static Task<int> Get(int id, string name) { return Task.FromResult(id); } // OXC005
            }
            """);

        Assert.EndsWith($"the template \"{template}\" is malformed: {problem}.", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC006_an_unknown_name_says_which_there_are_and_which_was_meant()
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached(Key = "user_{userid}_{colour}")]
                public static Task<int> Get(int userId, string name, CancellationToken ct) { return Task.FromResult(1); } // OXC006 OXC006

                [Cached(Key = "{id}")]
                public static Task<int> None() { return Task.FromResult(1); } // OXC006
            }
            """);

        Assert.EndsWith(
            "the template \"user_{userid}_{colour}\" names {userid}, which is no parameter. Did you mean {userId}? There are: userId, name.", texts[0], StringComparison.Ordinal);
        Assert.EndsWith("names {colour}, which is no parameter. There are: userId, name.", texts[1], StringComparison.Ordinal);
        Assert.EndsWith("names {id}, which is no parameter. The method has none.", texts[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("object", "object does not override ToString")]
    [InlineData("Plain", "does not override ToString")]
    [InlineData("PlainStruct", "does not override ToString")]
    [InlineData("IDisposable", "System.IDisposable does not override ToString")]
    [InlineData("Stream", "System.IO.Stream does not override ToString")]
    [InlineData("Pair", "is a record, whose ToString runs its members together")]
    [InlineData("PairStruct", "is a record, whose ToString runs its members together")]
    [InlineData("int[]", "int[] is an array")]
    [InlineData("List<int>", "System.Collections.Generic.List<int> is a collection")]
    [InlineData("IEnumerable<string>", "System.Collections.Generic.IEnumerable<string> is a collection")]
    [InlineData("Dictionary<string, int>", "System.Collections.Generic.Dictionary<string,int> is a collection")]
    [InlineData("(int, string)", "System.ValueTuple<int,string> is a tuple")]
    [InlineData("(int, string)?", "is a tuple")]
    [InlineData("Tuple<int>", "System.Tuple<int> is a tuple")]
    [InlineData("KeyValuePair<int, int>", "has a ToString that does not tell all of its value")]
    [InlineData("ReadOnlyMemory<byte>", "has a ToString that does not tell all of its value")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, bool>>", "has a ToString that does not tell all of its value")]
    [InlineData("System.Text.RegularExpressions.Regex", "has a ToString that does not tell all of its value")]
    [InlineData("Func<int>", "does not override ToString")]
    public void OXC010_a_parameter_without_a_usable_key_format(string type, string problem)
    {
        var texts = Expect.Errors($$"""
            using System.IO;
            public sealed class Plain;
            public struct PlainStruct;
            public sealed record Pair(string Left, string Right);
            public record struct PairStruct(string Left, string Right);
            public static class Users
            {
                [Cached]
                public static Task<int> Get({{type}} value) { return Task.FromResult(1); } // OXC010
            }
            """);

        Assert.Contains("the parameter value cannot be part of the key: ", texts[0], StringComparison.Ordinal);
        Assert.Contains(problem + ". Implement IFormattable or Oxcaching.ICacheKeyPart on the type, name other parameters in Key, or leave it out of the key with [CacheKeyIgnore] on value.", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC010_a_parameter_that_a_template_names()
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached(Key = "all_{ids}")]
                public static Task<int> Get(int[] ids, object other) { return Task.FromResult(1); } // OXC010
            }
            """);

        Assert.EndsWith("int[] is an array. Implement IFormattable or Oxcaching.ICacheKeyPart on the type, or take {ids} out of the template.", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Records_and_collections_that_say_how_they_are_written_can_be_key_parts() => Expect.Errors("""
        public sealed record Pair(string Left, string Right)
        {
            public override string ToString() => $"{Left.Length} {Left} {Right}";
        }

        public record Part(int Id) : ICacheKeyPart
        {
            public string GetCacheKeyPart() => Id.ToString();
        }

        public sealed class Ids : List<int>, ICacheKeyPart
        {
            public string GetCacheKeyPart() => string.Join(',', this);
        }

        public static class Users
        {
            [Cached]
            public static Task<int> Get(Pair pair, Part part, Ids ids, IFormattable any, ICacheKeyPart other) { return Task.FromResult(1); }
        }
        """);
}
