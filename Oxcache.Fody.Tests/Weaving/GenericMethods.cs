using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class GenericMethods
{
    [Theory, BothBuilds]
    public async Task A_generic_method_is_cached_for_each_type_argument(Build build) => Assert.Equal(("Int32", "String", "Int32", 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<string> NameAsync<T>(int id)
            {
                bodies++;
                await Task.Yield();
                return typeof(T).Name;
            }

            public static async Task<object?> Run() => (await NameAsync<int>(1), await NameAsync<string>(1), await NameAsync<int>(1), bodies);
        }
        """));

    [Theory, BothBuilds]
    public async Task A_value_of_an_open_type_is_in_the_key(Build build) => Assert.Equal(("1", "2", "1", "a", "Friday", 4), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<string> ShowAsync<T>(T value)
            {
                bodies++;
                await Task.Yield();
                return $"{value}";
            }

            public static async Task<object?> Run() =>
                (await ShowAsync(1), await ShowAsync(2), await ShowAsync(1), await ShowAsync("a"), await ShowAsync(DayOfWeek.Friday), bodies);
        }
        """));

    [Theory, BothBuilds]
    public async Task A_value_that_has_no_key_format_at_run_time_runs_the_body_each_time(Build build) => Assert.Equal((2, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<int> CountAsync<T>(T value)
            {
                await Task.Yield();
                return ++bodies;
            }

            public static async Task<object?> Run()
            {
                await CountAsync(new object());
                return (await CountAsync(new object()), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_generic_type_with_a_generic_method_and_constraints(Build build) => Assert.Equal(("User/Int32/7", 3), await Woven.RunAsync(build, """
        public interface IEntity
        {
            int Id { get; }
        }

        public sealed class User : IEntity, ICacheKeyPart
        {
            public int Id { get; init; }

            public string GetCacheKeyPart() => Id.ToString();
        }

        public class Repository<TEntity>
            where TEntity : class, IEntity, ICacheKeyPart, new()
        {
            public int Bodies;

            [Cached]
            public async Task<string> GetAsync<TKey>(TEntity entity, TKey key)
                where TKey : unmanaged, IEquatable<TKey>, IComparable<TKey>
            {
                Bodies++;
                await Task.Yield();
                var list = new List<KeyValuePair<TEntity, TKey>> { new(entity, key) };
                return list.Select(pair => $"{typeof(TEntity).Name}/{typeof(TKey).Name}/{pair.Key.Id}").First();
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var users = new Repository<User>();
                await users.GetAsync(new User { Id = 1 }, 1);
                await users.GetAsync(new User { Id = 1 }, 1L);
                await users.GetAsync(new User { Id = 7 }, 1);
                return (await users.GetAsync(new User { Id = 7 }, 1), users.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_type_nested_in_a_generic_type(Build build) => Assert.Equal(("Int32 String Guid", "Int32 Char Guid", 2), await Woven.RunAsync(build, """
        public class Outer<TOuter>
        {
            public static class Middle<TMiddle>
            {
                public struct Inner
                {
                    public static int Bodies;

                    [Cached]
                    public readonly async ValueTask<string> GetAsync<T>(TOuter outer, T value)
                    {
                        Bodies++;
                        await Task.Yield();
                        return $"{typeof(TOuter).Name} {typeof(TMiddle).Name} {typeof(T).Name}";
                    }
                }
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var strings = await default(Outer<int>.Middle<string>.Inner).GetAsync(1, Guid.Empty);
                var chars = await default(Outer<int>.Middle<char>.Inner).GetAsync(1, Guid.Empty);
                await default(Outer<int>.Middle<char>.Inner).GetAsync(1, Guid.Empty);
                return (strings, chars, Outer<int>.Middle<string>.Inner.Bodies + Outer<int>.Middle<char>.Inner.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_result_of_an_open_type(Build build) => Assert.Equal((5, "5", 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<T> ParseAsync<T>(string text)
                where T : IParsable<T>
            {
                bodies++;
                await Task.Yield();
                try
                {
                    return T.Parse(text, null);
                }
                catch (FormatException)
                {
                    return default!;
                }
            }

            public static async Task<object?> Run()
            {
                await ParseAsync<int>("5");
                await ParseAsync<string>("5");
                return (await ParseAsync<int>("5"), await ParseAsync<string>("5"), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_body_without_async_that_catches_an_exception_of_an_open_type(Build build) => Assert.Equal(("caught", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<string> CatchAsync<TException>(int id)
                where TException : Exception, new()
            {
                bodies++;
                try
                {
                    throw new TException();
                }
                catch (TException)
                {
                    TException[] locals = [new()];
                    return Task.FromResult(locals.Length == 1 ? "caught" : "");
                }
            }

            public static async Task<object?> Run()
            {
                await CatchAsync<FormatException>(1);
                return (await CatchAsync<FormatException>(1), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Constrained_enums_and_nullables_of_open_types_are_in_the_key(Build build) => Assert.Equal((3, 3), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<int> CountAsync<TEnum, T>(TEnum day, T? value)
                where TEnum : struct, Enum
                where T : struct
            {
                await Task.Yield();
                return ++bodies;
            }

            public static async Task<object?> Run()
            {
                await CountAsync<DayOfWeek, int>(DayOfWeek.Monday, 1);
                await CountAsync<DayOfWeek, int>(DayOfWeek.Monday, null);
                await CountAsync<DayOfWeek, int>(DayOfWeek.Tuesday, null);
                return (await CountAsync<DayOfWeek, int>(DayOfWeek.Tuesday, null), bodies);
            }
        }
        """));
}
