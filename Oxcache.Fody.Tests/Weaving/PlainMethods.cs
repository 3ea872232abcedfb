using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class PlainMethods
{
    [Theory, BothBuilds]
    public async Task An_async_method_runs_its_body_once_for_equal_arguments(Build build) => Assert.Equal((true, 2), await Woven.RunAsync(build, """
        public sealed class Users
        {
            public int Bodies;

            [Cached]
            public async Task<string> GetAsync(long id)
            {
                Bodies++;
                await Task.Yield();
                return $"user {id}";
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var users = new Users();
                var first = await users.GetAsync(1);
                var second = await users.GetAsync(1);
                await users.GetAsync(2);
                return (ReferenceEquals(first, second), users.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_method_that_returns_a_task_without_async_is_cached_as_well(Build build) => Assert.Equal(("plain", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<string> GetAsync(int id)
            {
                bodies++;
                return Task.FromResult("plain");
            }

            public static async Task<object?> Run()
            {
                await GetAsync(1);
                return (await GetAsync(1), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_value_task_is_cached_and_may_be_awaited_by_each_caller(Build build) => Assert.Equal((3, 3, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async ValueTask<int> CountAsync(string text)
            {
                bodies++;
                await Task.Yield();
                return text.Length;
            }

            public static async Task<object?> Run() => (await CountAsync("abc"), await CountAsync("abc"), bodies);
        }
        """));

    [Theory, BothBuilds]
    public async Task The_body_gets_a_token_and_the_token_is_not_in_the_key(Build build) => Assert.Equal((1, true), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;
            private static bool otherTokenKept;

            [Cached]
            private static async Task<int> GetAsync(int id, CancellationToken ct = default, CancellationToken other = default)
            {
                bodies++;
                otherTokenKept = other.IsCancellationRequested;
                await Task.Delay(1, ct);
                return id;
            }

            public static async Task<object?> Run()
            {
                using var source = new CancellationTokenSource();
                await GetAsync(1, default, new CancellationToken(true));
                await GetAsync(1, source.Token);
                return (bodies, otherTokenKept);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Default_values_and_params_stay_with_the_caller(Build build) => Assert.Equal((7, 8, "a-9"), await Woven.RunAsync(build, """
        public static class Scenario
        {
            [Cached]
            private static Task<int> PlusAsync(int left, int right = 5) => Task.FromResult(left + right);

            [Cached]
            private static Task<string> JoinAsync(string name, [CacheKeyIgnore] params int[] numbers) => Task.FromResult(name + "-" + numbers.Sum());

            public static async Task<object?> Run() => (await PlusAsync(2), await PlusAsync(2, 6), await JoinAsync("a", 4, 5));
        }
        """));

    [Theory, BothBuilds]
    public async Task A_method_without_parameters_has_one_result(Build build) => Assert.Equal((1, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            public static async Task<int> OnlyAsync()
            {
                await Task.Yield();
                return ++bodies;
            }

            public static async Task<object?> Run() => (await OnlyAsync(), await OnlyAsync());
        }
        """));

    [Theory, BothBuilds]
    public async Task A_null_result_is_cached(Build build) => Assert.Equal((true, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<string?> FindAsync(int id)
            {
                bodies++;
                await Task.Yield();
                return null;
            }

            public static async Task<object?> Run() => (await FindAsync(1) is null && await FindAsync(1) is null, bodies);
        }
        """));

    [Theory, BothBuilds]
    public async Task An_exception_of_the_body_reaches_the_caller_and_the_next_call_runs_again(Build build) => Assert.Equal(("no user 1", 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<string> FindAsync(int id)
            {
                bodies++;
                throw new InvalidOperationException($"no user {id}");
            }

            public static async Task<object?> Run()
            {
                var message = "";
                for (var i = 0; i < 2; i++)
                {
                    try
                    {
                        await FindAsync(1);
                    }
                    catch (InvalidOperationException e)
                    {
                        message = e.Message;
                    }
                }

                return (message, bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Many_parameters_of_many_types_reach_the_body_as_they_were(Build build) => Assert.Equal("1 2 x True 3.5 Friday 00000000-0000-0000-0000-000000000000 4  y", await Woven.RunAsync(build, """
        public static class Scenario
        {
            [Cached]
            private static async Task<string> AllAsync(
                byte a, long b, char c, bool d, double e, DayOfWeek f, Guid g, int? h, int? i, string? j, [CacheKeyIgnore] object k, CancellationToken ct)
            {
                await Task.Delay(0, ct);
                return FormattableString.Invariant($"{a} {b} {c} {d} {e} {f} {g} {h} {i}{j} {k}");
            }

            public static async Task<object?> Run() => await AllAsync(1, 2, 'x', true, 3.5, DayOfWeek.Friday, default, 4, null, null, "y", default);
        }
        """));
}
