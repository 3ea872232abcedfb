using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class OddMethods
{
    [Theory, BothBuilds]
    public async Task A_pooling_builder_and_a_tuple_result(Build build) => Assert.Equal(((1, "x"), 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>))]
            private static async ValueTask<(int Id, string Name)> GetAsync(int id)
            {
                bodies++;
                await Task.Yield();
                return (id, "x");
            }

            public static async Task<object?> Run()
            {
                await GetAsync(1);
                return (await GetAsync(1), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_partial_method_of_a_partial_nested_private_type(Build build) => Assert.Equal((5, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            public static async Task<object?> Run()
            {
                await Hidden.GetAsync(new(5));
                return (await Hidden.GetAsync(new(5)), bodies);
            }

            private readonly record struct Id(int Value) : ICacheKeyPart
            {
                public string GetCacheKeyPart() => Value.ToString();
            }

            private static partial class Hidden
            {
                [Cached]
                public static partial Task<int> GetAsync(Id id);
            }

            private static partial class Hidden
            {
                public static partial async Task<int> GetAsync(Id id)
                {
                    bodies++;
                    await Task.Yield();
                    return id.Value;
                }
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_file_local_type_with_a_dynamic_result(Build build) => Assert.Equal((2, 1), await Woven.RunAsync(build, """
        file static class Local
        {
            public static int Bodies;

            [Cached]
            public static async Task<dynamic> GetAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return id + 1;
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                await Local.GetAsync(1);
                return ((int)(object)await Local.GetAsync(1), Local.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_body_that_awaits_a_sequence_a_lambda_and_in_finally(Build build) => Assert.Equal(("10 Scenario", 1), await Woven.RunAsync(build, """
        public sealed class Scenario
        {
            private static int bodies;

            [Cached]
            public async Task<string> SumAsync(int count)
            {
                bodies++;
                var sum = 0;
                await foreach (var number in Numbers())
                {
                    try
                    {
                        sum += number;
                    }
                    finally
                    {
                        await Task.Yield();
                    }
                }

                return await new Func<Task<string>>(async () =>
                {
                    await Task.Yield();
                    return $"{sum} {GetType().Name}";
                })();

                async IAsyncEnumerable<int> Numbers()
                {
                    for (var i = 0; i < count; i++)
                    {
                        await Task.Yield();
                        yield return i;
                    }
                }
            }

            public static async Task<object?> Run()
            {
                await new Scenario().SumAsync(5);
                return (await new Scenario().SumAsync(5), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_protected_type_of_a_base_class_as_parameter_and_result(Build build) => Assert.Equal(("secret", 1), await Woven.RunAsync(build, """
        public abstract class Base
        {
            protected sealed class Secret : ICacheKeyPart
            {
                public string GetCacheKeyPart() => "secret";
            }
        }

        public sealed class Scenario : Base
        {
            private static int bodies;

            [Cached]
            private async Task<Secret> KeepAsync(Secret secret)
            {
                bodies++;
                await Task.Yield();
                return secret;
            }

            public static async Task<object?> Run()
            {
                var scenario = new Scenario();
                await scenario.KeepAsync(new Secret());
                return ((await scenario.KeepAsync(new Secret())).GetCacheKeyPart(), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Ambient_values_flow_into_the_body(Build build) => Assert.Equal(("ambient de-DE", 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static readonly AsyncLocal<string> Ambient = new();
            private static int bodies;

            [Cached]
            private static async Task<string> GetAsync(int id)
            {
                bodies++;
                await Task.Yield();
                return $"{Ambient.Value} {System.Globalization.CultureInfo.CurrentCulture.Name}";
            }

            public static async Task<object?> Run()
            {
                Ambient.Value = "ambient";
                System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
                await GetAsync(1);
                return (await GetAsync(1), bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_delegate_and_reflection_reach_the_cache_as_a_call_does(Build build) => Assert.Equal((1, 1, 1), await Woven.RunAsync(build, """
        public sealed class Scenario
        {
            private static int bodies;

            [Cached]
            public async Task<int> CountAsync(int id)
            {
                await Task.Yield();
                return ++bodies;
            }

            public static async Task<object?> Run()
            {
                var scenario = new Scenario();
                Func<int, Task<int>> call = scenario.CountAsync;
                var reflected = (Task<int>)typeof(Scenario).GetMethod("CountAsync")!.Invoke(scenario, [1])!;
                return (await reflected, await call(1), await scenario.CountAsync(1));
            }
        }
        """));
}
