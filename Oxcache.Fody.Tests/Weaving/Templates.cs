using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class Templates
{
    [Theory, BothBuilds]
    public async Task Members_of_parameters_make_the_key(Build build) => Assert.Equal(("user_acme_7_Bonn_3", true), await Woven.RunAsync(build, """
        public class Base<T>
        {
            public T? TenantId { get; init; }
        }

        public sealed class Request : Base<string>
        {
            public Address? Address;
            internal int[] Tags = [];
        }

        public struct Address
        {
            public string City { get; init; }
        }

        public static class Scenario
        {
            private static int bodies;

            [Cached(Key = "user_{request.TenantId}_{id}_{request.Address.City}_{request.Tags.Length}")]
            public static async Task<int> GetAsync(Request request, int id)
            {
                await Task.Yield();
                return ++bodies;
            }

            public static async Task<object?> Run()
            {
                var request = new Request { TenantId = "acme", Address = new Address { City = "Bonn" }, Tags = [1, 2, 3] };
                var first = await GetAsync(request, 7);
                var second = await GetAsync(new Request { TenantId = "acme", Address = new Address { City = "Bonn" }, Tags = [4, 5, 6] }, 7);
                return (CacheKey.For(() => GetAsync(request, 7)), first == second);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task The_items_of_a_tuple_have_the_names_that_the_source_gives_them(Build build) => Assert.Equal(
        ("a_1_x_2_y_y", "b_7_8_9_10_8", "c_3_4_5", "d__2"),
        await Woven.RunAsync(build, """
        public sealed record Request((int Tenant, (string Street, int Number) Home) Where, Dictionary<(int A, int B), (int C, int D)> Map);

        public static class Scenario
        {
            [Cached(Key = "a_{pair.Id}_{pair.Name}_{pair.Inner.Left}_{pair.Inner.Right}_{pair.Item3.Right}")]
            public static Task<int> NestedAsync((int Id, string Name, (int Left, string Right) Inner) pair) => Task.FromResult(1);

            [Cached(Key = "b_{t.Seventh}_{t.Eighth}_{t.Ninth.Low}_{t.Ninth.High}_{t.Item8}")]
            public static Task<int> LongAsync((int, int, (int P, int Q), int, int, int, int Seventh, int Eighth, (int Low, int High) Ninth) t) => Task.FromResult(1);

            [Cached(Key = "c_{request.Where.Tenant}_{request.Where.Home.Number}_{request.Where.Home.Street.Length}")]
            public static Task<int> MemberAsync(Request request) => Task.FromResult(1);

            [Cached(Key = "d_{first.Name}_{second.Id}")]
            public static Task<int> NullableAsync((int Id, string Name)? first, (int Id, string Name)? second) => Task.FromResult(1);

            public static Task<object?> Run()
            {
                var inner = (2, "y");
                var triple = (1, "x", inner);
                var nine = (1, 2, (3, 3), 4, 5, 6, 7, 8, (9, 10));
                var request = new Request((3, ("12345", 4)), []);
                (int, string)? none = null;
                (int, string)? some = (2, "z");
                return Task.FromResult<object?>((
                    CacheKey.For(() => NestedAsync(triple)),
                    CacheKey.For(() => LongAsync(nine)),
                    CacheKey.For(() => MemberAsync(request)),
                    CacheKey.For(() => NullableAsync(none, some))));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Null_anywhere_on_the_way_is_the_empty_text(Build build) => Assert.Equal(("a__2026", "a__", "a_1_", "a_1_2026"), await Woven.RunAsync(build, """
        public sealed record Node(string? Name, Node? Next, int? Number = null);

        public static class Scenario
        {
            [Cached(Key = "a_{node.Next.Next.Number.Value}_{day.Year}")]
            public static Task<int> GetAsync(Node? node, DateTime? day) => Task.FromResult(1);

            public static async Task<object?> Run()
            {
                await GetAsync(null, null);
                var whole = new Node("x", new Node("y", new Node("z", null, 1)));
                var short_ = new Node("x", null);
                var day = new DateTime(2026, 1, 2);
                return (CacheKey.For(() => GetAsync(short_, day)), CacheKey.For(() => GetAsync(null, null)),
                    CacheKey.For(() => GetAsync(whole, null)), CacheKey.For(() => GetAsync(whole, day)));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_member_that_throws_costs_the_cache_and_not_the_call(Build build) => Assert.Equal((1, 2), await Woven.RunAsync(build, """
        public sealed class Lazy
        {
            public int Id => throw new InvalidOperationException();
        }

        public static class Scenario
        {
            private static int bodies;

            [Cached(Key = "lazy_{lazy.Id}")]
            public static Task<int> GetAsync(Lazy lazy) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(new Lazy()), await GetAsync(new Lazy()));
        }
        """));

    [Theory, BothBuilds]
    public async Task Members_of_type_parameters_interfaces_and_tuples(Build build) => Assert.Equal(("k_5_6_a", "k_7_8_b"), await Woven.RunAsync(build, """
        public interface IHasId
        {
            int Id { get; }
        }

        public interface IRequest : IHasId;

        public sealed record Class(int Id) : IRequest;

        public readonly record struct Struct(int Id) : IRequest;

        public class Repository<TRequest>
            where TRequest : IRequest
        {
            [Cached(Key = "{TRequest}{T}|k_{request.Id}_{other.Id}_{pair.Item2}")]
            public ValueTask<int> GetAsync<T>(TRequest request, T other, (int, string Name) pair)
                where T : IHasId => new(1);
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                await new Repository<Class>().GetAsync(new Class(1), new Struct(2), (3, "x"));
                await new Repository<Struct>().GetAsync(new Struct(1), new Class(2), (3, "x"));
                var classes = new Repository<Class>();
                var structs = new Repository<Struct>();
                return (CacheKey.For(() => classes.GetAsync(new Class(5), new Struct(6), new ValueTuple<int, string>(1, "a"))).Split('|')[1],
                    CacheKey.For(() => structs.GetAsync(new Struct(7), new Class(8), new ValueTuple<int, string>(1, "b"))).Split('|')[1]);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Formats_are_those_of_the_invariant_culture(Build build) => Assert.Equal("{2026-01-02}_0042_1,234.50_3__01:30", await Woven.RunAsync(build, """
        public sealed record Order(DateOnly Day, decimal Total);

        public static class Scenario
        {
            [Cached(Key = "{{{order.Day:yyyy-MM-dd}}}_{id:D4}_{order.Total:N2}_{day:D}_{none:D3}_{time:hh\\:mm}")]
            public static Task<int> GetAsync(Order order, int? id, DayOfWeek day, int? none, TimeSpan time) => Task.FromResult(1);

            public static async Task<object?> Run()
            {
                System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
                var order = new Order(new DateOnly(2026, 1, 2), 1234.5m);
                await GetAsync(order, 42, DayOfWeek.Wednesday, null, TimeSpan.FromMinutes(90));
                return CacheKey.For(() => GetAsync(order, 42, DayOfWeek.Wednesday, null, TimeSpan.FromMinutes(90)));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_format_that_its_type_does_not_know_costs_the_cache_and_not_the_call(Build build) => Assert.Equal((1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached(Key = "x_{id:Q}")]
            public static Task<int> GetAsync(int id) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(1), await GetAsync(1));
        }
        """));
}
