using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class HitAllocations
{
    [Theory]
    [InlineData("Task<string>", "GetAsync(long id)", "GetAsync(1)")]
    [InlineData("ValueTask<string>", "GetAsync(long id)", "GetAsync(1)")]
    [InlineData("ValueTask<int>", "GetAsync(string name, DayOfWeek day, int? number)", "GetAsync(\"alice\", DayOfWeek.Friday, 5)")]
    [InlineData("Task<int>", "GetAsync<T>(T value)", "GetAsync(5)")]
    [InlineData("Task<T?>", "GetAsync<T>(long id)", "GetAsync<string>(5)")]
    public async Task A_hit_allocates_nothing(string result, string signature, string call) => Assert.Equal(0L, await Woven.RunAsync(Build.Release, $$"""
        public sealed class Scenario
        {
            [Cached]
            public async {{result}} {{signature}}
            {
                await Task.Yield();
                return default!;
            }

            private long Measure()
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100_000; i++)
                {
                    if (!{{call}}.IsCompletedSuccessfully)
                    {
                        throw new InvalidOperationException("not a hit");
                    }
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            public static async Task<object?> Run()
            {
                var scenario = new Scenario();
                await scenario.{{call}};

                // The JIT may allocate for its own purposes while it makes a better version, but not in every round.
                return Enumerable.Range(0, 5).Min(_ => scenario.Measure());
            }
        }
        """));
}
