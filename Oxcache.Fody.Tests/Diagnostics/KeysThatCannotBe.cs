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
    [InlineData("user_{id:}", "{id:} has no format after the ':'; leave the ':' out")]
    [InlineData("user_{name.}", "{name.} is not the name of a parameter")]
    [InlineData("user_{name?.Length}", "{name?.Length} is not the name of a parameter")]
    [InlineData("user_{id,5}", "{id,5} is not the name of a parameter")]
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

    [Fact]
    public void OXC006_an_unknown_member_says_which_there_are_and_which_was_meant()
    {
        var texts = Expect.Errors("""
            public sealed class Request
            {
                public string TenantId { get; set; } = "";
                public int Page;
                public static int Count => 1;
                public int WriteOnly { set { } }
                private string Secret => "";
            }

            public static class Users
            {
                [Cached(Key = "{request.TenantID}_{request.TenantId.Size}")]
                public static Task<int> Get(Request request) { return Task.FromResult(1); } // OXC006 OXC006

                [Cached(Key = "{request.Secret}{request.Count}{request.WriteOnly}")]
                public static Task<int> Hidden(Request request) { return Task.FromResult(1); } // OXC006 OXC006 OXC006
            }
            """);

        Assert.EndsWith(
            "names {request.TenantID}, and " + Name(texts[0], "Request") + " has no property or field TenantID that can be read here. Did you mean {TenantId}? There are: TenantId, Page.",
            texts[0], StringComparison.Ordinal);
        Assert.EndsWith("names {request.TenantId.Size}, and string has no property or field Size that can be read here. There are: Length.", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC006_an_unknown_item_of_a_tuple_says_which_names_the_source_has()
    {
        var texts = Expect.Errors("""
            public sealed class Request
            {
                public (int Page, string) Place;
            }

            public static class Users
            {
                [Cached(Key = "{who.name}_{who.Age}")]
                public static Task<int> Get((int Id, string Name) who) { return Task.FromResult(1); } // OXC006 OXC006

                [Cached(Key = "{pair.Third}")]
                public static Task<int> Unnamed((int, string) pair) { return Task.FromResult(1); } // OXC006

                [Cached(Key = "{who.Value.Home.Street}_{request.Place.Line}")]
                public static Task<int> Nested((int Id, (string City, int) Home)? who, Request request) { return Task.FromResult(1); } // OXC006 OXC006

                [Cached(Key = "{many.Z}")]
                public static Task<int> Many((int A, int B, int C, int D, int E, int F, int G, int H, int I) many) { return Task.FromResult(1); } // OXC006

                [Cached(Key = "{who.Name.Size}_{who.HasValue.Id}")]
                public static Task<int> Beyond((int Id, string Name)? who) { return Task.FromResult(1); } // OXC006 OXC006
            }
            """);

        Assert.EndsWith(" has no property or field name that can be read here. Did you mean {Name}? There are: Id, Name.", texts[0], StringComparison.Ordinal);
        Assert.EndsWith(" has no property or field Age that can be read here. There are: Id, Name.", texts[1], StringComparison.Ordinal);
        Assert.EndsWith("There are: Item1, Item2.", texts[2], StringComparison.Ordinal);
        Assert.EndsWith("There are: City, Item2.", texts[3], StringComparison.Ordinal);
        Assert.EndsWith("There are: Page, Item2.", texts[4], StringComparison.Ordinal);
        Assert.EndsWith("There are: A, B, C, D, E, F, G, H, I.", texts[5], StringComparison.Ordinal);
        Assert.EndsWith("string has no property or field Size that can be read here. There are: Length.", texts[6], StringComparison.Ordinal);
        Assert.EndsWith("bool has no property or field Id that can be read here. The type has none that can be read here.", texts[7], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC005_a_format_for_a_type_that_takes_none()
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached(Key = "{name:X}_{name.Length:X}")]
                public static Task<int> Get(string name) { return Task.FromResult(1); } // OXC005

                [Cached(Key = "{value:X}")]
                public static Task<int> Open<T>(T value) { return Task.FromResult(1); } // OXC005
            }
            """);

        Assert.EndsWith("the template has {name:X}, and string takes no format: it does not implement IFormattable.", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC010_a_member_or_a_token_without_a_usable_key_format()
    {
        var texts = Expect.Errors("""
            public sealed record Request(object Body);

            public static class Users
            {
                [Cached(Key = "{request.Body}_{ct.CanBeCanceled}")]
                public static Task<int> Get(Request request, CancellationToken ct) { return Task.FromResult(1); } // OXC010 OXC010
            }
            """);

        Assert.Contains("{request.Body} cannot be part of the key: object does not override ToString. ", texts[0], StringComparison.Ordinal);
        Assert.Contains("{ct.CanBeCanceled} cannot be part of the key: bool comes of a CancellationToken, and the token is never part of a key. ", texts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("object", "object does not override ToString")]
    [InlineData("Plain", "does not override ToString")]
    [InlineData("PlainStruct", "does not override ToString")]
    [InlineData("IDisposable", "System.IDisposable does not override ToString")]
    [InlineData("Stream", "System.IO.Stream does not override ToString")]
    [InlineData("Pair", "is a record, and its member Right of type System.IO.Stream does not override ToString")]
    [InlineData("PairStruct", "is a record, and its member Right of type object does not override ToString")]
    [InlineData("Derived", "is a record, and its member Right of type System.IO.Stream does not override ToString")]
    [InlineData("Box<Box<object>>", "is a record, and its member Value of type object does not override ToString")]
    [InlineData("int[,]", "int[,] is an array of more than one dimension")]
    [InlineData("object[]", "object[] consists of object, which does not override ToString")]
    [InlineData("List<Stream>", "consists of System.IO.Stream, which does not override ToString")]
    [InlineData("Dictionary<string, object[]>", "consists of object[], which consists of object, which does not override ToString")]
    [InlineData("IQueryable<int>", "System.Linq.IQueryable<int> is a collection of a kind that is not known to be there as a whole, without a state of its own")]
    [InlineData("Ids", "Ids is a collection of a kind that is not known to be there as a whole, without a state of its own")]
    [InlineData("(int, object)", "consists of object, which does not override ToString")]
    [InlineData("(int, object)?", "consists of object, which does not override ToString")]
    [InlineData("Tuple<object>", "consists of object, which does not override ToString")]
    [InlineData("System.Runtime.CompilerServices.ITuple", "is a tuple of unknown parts")]
    [InlineData("KeyValuePair<int, object>", "consists of object, which does not override ToString")]
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
            public record Pair(string Left, Stream Right);
            public record struct PairStruct(string Left, object Right);
            public sealed record Derived(int More, Stream Stream) : Pair("", Stream);
            public sealed record Box<T>(T Value);
            public sealed class Ids : List<int>;
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
                public static Task<int> Get(object[] ids, object other) { return Task.FromResult(1); } // OXC010
            }
            """);

        Assert.EndsWith("object[] consists of object, which does not override ToString. Implement IFormattable or Oxcaching.ICacheKeyPart on the type, name a member of it, or take {ids} out of the template.", texts[0], StringComparison.Ordinal);
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

    private static string Name(string text, string type) => text.Split(' ').First(word => word.EndsWith("." + type, StringComparison.Ordinal));
}
