using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class Bodies
{
    [Theory, BothBuilds]
    public async Task Closures_and_local_functions_over_parameters(Build build) => Assert.Equal(("6 abc", 1), await Woven.RunAsync(build, """
        public sealed class Calculator(int offset)
        {
            public int Bodies;

            [Cached]
            public async Task<string> SumAsync(int left, int right, string name)
            {
                Bodies++;
                Func<int, int> add = value => value + left + offset;
                await Task.Yield();
                left--;
                return $"{add(right)} {await Local()}";

                async Task<string> Local()
                {
                    await Task.Yield();
                    return name + (left == 0 ? "" : left);
                }
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var calculator = new Calculator(3);
                await calculator.SumAsync(1, 3, "abc");
                return (await calculator.SumAsync(1, 3, "abc"), calculator.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_static_local_function_is_cached(Build build) => Assert.Equal(("got 1", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            public static async Task<object?> Run()
            {
                await GetAsync(1);
                return (await GetAsync(1), bodies);

                [Cached]
                static async Task<string> GetAsync(int id)
                {
                    bodies++;
                    await Task.Yield();
                    return $"got {id}";
                }
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_body_that_assigns_its_parameters_and_takes_their_address(Build build) => Assert.Equal(("15", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<string> GrowAsync(int number, string text)
            {
                bodies++;
                Add(ref number, 10);
                text = number.ToString();
                return Task.FromResult(text);
            }

            private static void Add(ref int number, int more) => number += more;

            public static async Task<object?> Run()
            {
                await GrowAsync(5, "x");
                return (await GrowAsync(5, "x"), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_long_body_with_switches_loops_and_finally(Build build) => Assert.Equal(("even:0,odd:1,even:2,!", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<string> TellAsync(int count)
            {
                bodies++;
                var text = "";
                try
                {
                    for (var i = 0; i < count; i++)
                    {
                        text += (i % 4) switch { 0 => "even:", 1 => "odd:", 2 => "even:", _ => "odd:" } + i + ",";
                    }

                    using (new System.IO.MemoryStream())
                    {
                        return Task.FromResult(text += "!");
                    }
                }
                finally
                {
                    text = "";
                }
            }

            public static async Task<object?> Run()
            {
                await TellAsync(3);
                return (await TellAsync(3), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_cached_method_calls_itself_and_others(Build build) => Assert.Equal((120L, 6), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static async Task<long> FactorialAsync(int number)
            {
                bodies++;
                return number == 0 ? 1 : number * await FactorialAsync(number - 1);
            }

            public static async Task<object?> Run()
            {
                await FactorialAsync(5);
                return (await FactorialAsync(5), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task An_unsafe_body_with_a_pinned_local(Build build) => Assert.Equal((6, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static unsafe Task<int> SumAsync([CacheKeyIgnore] int[] numbers, int id)
            {
                bodies++;
                var sum = 0;
                fixed (int* first = numbers)
                {
                    for (var i = 0; i < numbers.Length; i++)
                    {
                        sum += first[i];
                    }
                }

                return Task.FromResult(sum);
            }

            public static async Task<object?> Run()
            {
                await SumAsync([1, 2, 3], 1);
                return (await SumAsync([1, 2, 3], 1), bodies);
            }
        }
        """));
}
