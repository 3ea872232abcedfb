using System.Linq.Expressions;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class KeysOfCalls
{
    [Theory, BothBuilds]
    public async Task The_key_of_a_call_reads_and_deletes_its_result(Build build) => Assert.Equal(("user 42", true, 2), await Woven.RunAsync(build, """
        public class Users
        {
            public int Bodies;

            [Cached]
            public async Task<string> GetUserAsync(long id, CancellationToken ct = default)
            {
                await Task.Yield();
                Bodies++;
                return $"user {id}";
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var users = new Users();
                await users.GetUserAsync(42);
                var key = CacheKey.For(() => users.GetUserAsync(42, default));
                var client = Oxcaching.Oxcache.GetClient("default");
                var read = await client.GetAsync<string>(key);
                var deleted = await client.DeleteAsync(key);
                await users.GetUserAsync(42);
                return (read, deleted, users.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task The_body_does_not_run(Build build) => Assert.Equal(0, await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            public static Task<int> GetAsync(int id) => Task.FromResult(++bodies);

            public static Task<object?> Run()
            {
                CacheKey.For(() => GetAsync(1));
                return Task.FromResult<object?>(bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Through_an_interface_that_was_converted_by_variance(Build build) => Assert.Equal("x1string y2char x3double", await Woven.RunAsync(build, """
        public interface IReader<in TId, out TRow>
        {
            Task<int> ReadAsync<T>(int id, T other);
            TRow? Last { get; }
        }

        public class Reader : IReader<object, string>
        {
            public string? Last => null;

            [Cached(Key = "x{id}{T}")]
            public virtual Task<int> ReadAsync<T>(int id, T other) => Task.FromResult(id);
        }

        public sealed class Other : IReader<object, string>, IReader<int, List<int>>
        {
            string? IReader<object, string>.Last => null;
            List<int>? IReader<int, List<int>>.Last => null;

            [Cached(Key = "x{id}{T}")]
            Task<int> IReader<object, string>.ReadAsync<T>(int id, T other) => Task.FromResult(id);

            [Cached(Key = "y{id}{T}")]
            Task<int> IReader<int, List<int>>.ReadAsync<T>(int id, T other) => Task.FromResult(id);
        }

        public static class Scenario
        {
            public static Task<object?> Run()
            {
                IReader<string, object> reader = new Reader();
                IReader<int, IEnumerable<int>> other = new Other();
                IReader<string, IEnumerable<char>> third = new Other();
                return Task.FromResult<object?>($"{CacheKey.For(() => reader.ReadAsync(1, "a"))} {CacheKey.For(() => other.ReadAsync(2, 'a'))} "
                    + CacheKey.For(() => third.ReadAsync(3, 1.0)));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Of_static_generic_and_overloaded_methods(Build build) => Assert.Equal(
        "Scenario.GetAsync(int):1 Scenario.GetAsync(string):1'1 Scenario.GetAsync<int>(!!0):1 Scenario.GetAsync<string>(!!0,int):1'x:2 "
        + "Box<Guid>.GetAsync<char>(!0,!!0):00000000-0000-0000-0000-000000000000:1'c Box<int>+Inner<string>.GetAsync(!0,!1):1:1'2",
        await Woven.RunAsync(build, """
        public class Box<T>
        {
            [Cached]
            public ValueTask<T> GetAsync<TOther>(T value, TOther other) => new(value);

            public class Inner<TInner>
            {
                [Cached]
                public ValueTask<T> GetAsync(T value, TInner other) => new(value);
            }
        }

        public static class Scenario
        {
            [Cached]
            public static Task<int> GetAsync(int id) => Task.FromResult(1);

            [Cached]
            public static Task<int> GetAsync(string id) => Task.FromResult(2);

            [Cached]
            public static Task<int> GetAsync<T>(T id) => Task.FromResult(3);

            [Cached]
            public static Task<int> GetAsync<T>(T id, int more) => Task.FromResult(4);

            public static Task<object?> Run()
            {
                var box = new Box<Guid>();
                var inner = new Box<int>.Inner<string>();
                string[] keys =
                [
                    CacheKey.For(() => GetAsync(1)),
                    CacheKey.For(() => GetAsync("1")),
                    CacheKey.For(() => GetAsync<int>(1)),
                    CacheKey.For(() => GetAsync("x", 2)),
                    CacheKey.For(() => box.GetAsync(Guid.Empty, 'c')),
                    CacheKey.For(() => inner.GetAsync(1, "2")),
                ];
                var space = typeof(Scenario).Namespace + ".";
                return Task.FromResult<object?>(string.Join(' ', keys).Replace(space, "").Replace("System.", ""));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Of_what_a_virtual_call_reaches(Build build) => Assert.Equal(
        "Derived.GetAsync(int):1 Users.FindAsync<int>(!!0):2 Users.[IUsers.HideAsync](int):3 IUsers.DefaultAsync(int):4 Value.GetAsync(int):5 Extensions.MoreAsync(IUsers,int):6",
        await Woven.RunAsync(build, """
        public interface IUsers
        {
            Task<int> FindAsync<T>(T id);

            Task<int> HideAsync(int id);

            [Cached]
            Task<int> DefaultAsync(int id) => Task.FromResult(id);
        }

        public class Users : IUsers
        {
            [Cached]
            public Task<int> FindAsync<T>(T id) => Task.FromResult(1);

            [Cached]
            Task<int> IUsers.HideAsync(int id) => Task.FromResult(1);

            public virtual Task<int> GetAsync(int id) => Task.FromResult(1);
        }

        public class Derived : Users
        {
            [Cached]
            public override Task<int> GetAsync(int id) => Task.FromResult(2);
        }

        public struct Value
        {
            [Cached]
            public Task<int> GetAsync(int id) => Task.FromResult(2);
        }

        public static class Extensions
        {
            [Cached]
            public static Task<int> MoreAsync([CacheKeyIgnore] this IUsers users, int id) => Task.FromResult(id);
        }

        public static class Scenario
        {
            public static Task<object?> Run()
            {
                Users users = new Derived();
                IUsers face = users;
                var value = new Value();
                string[] keys =
                [
                    CacheKey.For(() => users.GetAsync(1)),
                    CacheKey.For(() => face.FindAsync(2)),
                    CacheKey.For(() => face.HideAsync(3)),
                    CacheKey.For(() => face.DefaultAsync(4)),
                    CacheKey.For(() => value.GetAsync(5)),
                    CacheKey.For(() => face.MoreAsync(6)),
                ];
                return Task.FromResult<object?>(string.Join(' ', keys).Replace(typeof(Scenario).Namespace + ".", ""));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_call_whose_arguments_have_no_key_says_why(Build build)
    {
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => Woven.RunAsync(build, """
            public static class Scenario
            {
                [Cached]
                public static Task<int> GetAsync<T>(T id) => Task.FromResult(1);

                public static Task<object?> Run() => Task.FromResult<object?>(CacheKey.For(() => GetAsync(new object())));
            }
            """));

        Assert.EndsWith("Scenario.GetAsync has no key and runs uncached.", thrown.Message, StringComparison.Ordinal);
        Assert.IsType<FormatException>(thrown.InnerException);
    }

    [Fact]
    public void What_is_not_a_call_of_a_woven_method_is_refused()
    {
        var done = Task.FromResult(1);
        string? none = null;

        Assert.StartsWith("value(", Refused(() => done), StringComparison.Ordinal);
        Assert.StartsWith("Oxcaching.Fody.Tests.Weaving.KeysOfCalls.NotCachedAsync is not a woven method: it needs [Cached]", Refused(() => NotCachedAsync(1)), StringComparison.Ordinal);
        Assert.StartsWith("The object that CountAsync is called on is null.", Refused(() => ((KeysOfCalls)(object)none!).CountAsync()), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => CacheKey.For((Expression<Func<Task<int>>>)null!));
    }

    private static string Refused(Expression<Func<Task<int>>> call)
    {
        var thrown = Assert.Throws<ArgumentException>(() => CacheKey.For(call));
        Assert.Equal("call", thrown.ParamName);
        return thrown.Message;
    }

    private static Task<int> NotCachedAsync(int id) => throw new InvalidOperationException($"ran for {id}");

    private Task<int> CountAsync() => Task.FromResult(GetHashCode());
}
