using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class KeysThatLeaveOut
{
    [Theory, BothBuilds]
    public void OXC011_the_state_of_a_struct_or_record(Build build)
    {
        var texts = Expect.Warnings("""
            public struct Point
            {
                public int X;
                [Cached] public Task<int> Get(int id) { return Task.FromResult(X + id); } // OXC011
                [Cached] public static Task<int> Static(int id) { return Task.FromResult(id); }
            }

            public record User(int Id)
            {
                [Cached] public async Task<int> Get(int id) { await Task.Yield(); return Id + id; } // OXC011
            }

            public sealed record Admin(int Id) : User(Id)
            {
                [Cached(Key = "admin_{id}")] public Task<int> Rights(int id) { return Task.FromResult(Id + id); } // OXC011
            }

            public struct Stateless
            {
                [Cached] public Task<int> Get(int id) { return Task.FromResult(id); }
            }

            public record Nothing
            {
                [Cached] public Task<int> Get(int id) { return Task.FromResult(id); }
            }

            public class Service(int state)
            {
                [Cached] public Task<int> Get(int id) { return Task.FromResult(state + id); }
            }
            """, build);

        Assert.Matches(
            @"^OXC011: \[Cached\] on Case\d+\.Point\.Get\(int\): the struct Case\d+\.Point is a value, and the key has nothing of it: calls on different values "
            + @"share their results\. Pass what matters as a parameter, or make the method static\.$",
            texts[0]);
        Assert.Matches(@"User\.Get\(int\): the record Case\d+\.User is a value", texts[1]);
    }

    [Theory, BothBuilds]
    public void OXC012_a_parameter_that_the_template_does_not_name(Build build)
    {
        var texts = Expect.Warnings("""
            public static class Users
            {
                [Cached(Key = "user_{id}")]
                public static Task<int> Get(int id, string name, CancellationToken ct) { return Task.FromResult(id); } // OXC012

                [Cached(Key = "all")]
                public static async Task<int> All(int page, int size) { await Task.Yield(); return page + size; } // OXC012 OXC012

                [Cached(Key = "one_{id}")]
                public static Task<int> Ignored(int id, [CacheKeyIgnore] string name) { return Task.FromResult(id); }

                [Cached]
                public static Task<int> Default(int id, string name) { return Task.FromResult(id); }
            }
            """, build);

        Assert.EndsWith(
            "the template \"user_{id}\" does not name the parameter name: calls that differ in it alone share a result. "
            + "Put {name} into the template, or [CacheKeyIgnore] on the parameter if it does not change the result.",
            texts[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public void OXC012_is_not_told_of_a_template_that_is_wrong_itself() => Assert.Empty(WeaverRunner.Weave("""
        public static class Users
        {
            [Cached(Key = "user_{Id}")] public static Task<int> Get(int id) => Task.FromResult(id);
        }
        """).Warnings);

    [Fact]
    public void OXC013_two_methods_of_one_service_with_the_same_template()
    {
        var texts = Expect.Warnings("""
            public static class Users
            {
                [Cached("a", Key = "user_{id}")] public static Task<int> Get(int id) { return Task.FromResult(id); }
                [Cached("a", Key = "user_{name}")] public static Task<int> Find(string name) { return Task.FromResult(1); } // OXC013
                [Cached("b", Key = "user_{id}")] public static Task<int> Elsewhere(int id) { return Task.FromResult(id); }
                [Cached("a", Key = "user_{id}_x")] public static Task<int> Other(int id) { return Task.FromResult(id); }
                [Cached("a")] public static Task<int> Default(int id) { return Task.FromResult(id); }
                [Cached("a")] public static Task<int> Default(long id) { return Task.FromResult(1); }
            }
            """);

        Assert.Matches(
            @"^OXC013: \[Cached\] on Case\d+\.Users\.Find\(string\): the template ""user_\{name\}"" makes the same keys as that of Case\d+\.Users\.Get\(int\) "
            + @"in the service ""a"": each would answer for the other\. Let the templates begin differently\.$",
            texts[0]);
    }

    [Theory, BothBuilds]
    public void OXC014_a_template_without_the_type_arguments(Build build)
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached(Key = "user_{id}")]
                public static async Task<T> Get<T, TOther>(int id) { await Task.Yield(); return default!; } // OXC014

                [Cached(Key = "user_{T}_{id}")]
                public static Task<int> Named<T>(int id) { return Task.FromResult(id); }

                [Cached]
                public static Task<int> Default<T>(int id) { return Task.FromResult(id); }
            }

            public class Repository<TRow>
            {
                [Cached(Key = "row_{id}")]
                public Task<int> Get(int id) { return Task.FromResult(id); } // OXC014
            }
            """, build);

        Assert.EndsWith(
            "the template \"user_{id}\" omits the type arguments T, TOther: calls for different types would share their keys. "
            + "Put {T}{TOther} into the template, or leave Key out to get the default key.",
            texts[0],
            StringComparison.Ordinal);
        Assert.Contains("omits the type argument TRow: ", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_argument_named_in_a_template_is_in_the_key() => Assert.Equal("Int32 String 2", await Woven.RunAsync(Build.Debug, """
        public static class Scenario
        {
            private static int _runs;

            [Cached(Key = "kind_{T}")]
            private static Task<string> NameAsync<T>() { _runs++; return Task.FromResult(typeof(T).Name); }

            public static async Task<object?> Run()
            {
                await NameAsync<int>();
                return $"{await NameAsync<int>()} {await NameAsync<string>()} {_runs}";
            }
        }
        """));
}
