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
