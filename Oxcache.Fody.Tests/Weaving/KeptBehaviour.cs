using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class KeptBehaviour
{
    [Theory, BothBuilds]
    public async Task What_the_body_throws_before_its_first_await_arrives_through_the_task(Build build) => Assert.Equal("ok ok ok", await Woven.RunAsync(build, """
        public static class Scenario
        {
            [Cached]
            public static async Task<int> AsyncAsync(int id) => id > 0 ? throw new ArgumentException("async") : await Task.FromResult(1);

            [Cached]
            public static Task<int> PlainAsync(int id) => throw new ArgumentException("plain");

            [Cached]
            public static ValueTask<int> ValueAsync<T>(T id) => throw new ArgumentException("value");

            public static async Task<object?> Run()
            {
                Task<int>[] calls = [AsyncAsync(1), PlainAsync(1), ValueAsync("x").AsTask()];
                var told = new List<string>();
                foreach (var call in calls)
                {
                    try
                    {
                        await call;
                        told.Add("none");
                    }
                    catch (ArgumentException)
                    {
                        told.Add("ok");
                    }
                }

                return string.Join(' ', told);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_value_task_of_the_body_is_consumed_once(Build build) => Assert.Equal((5, 5, 1), await Woven.RunAsync(build, """
        using System.Threading.Tasks.Sources;

        public sealed class Source : IValueTaskSource<int>
        {
            public int Reads;

            public int GetResult(short token)
            {
                Reads++;
                return 5;
            }

            public ValueTaskSourceStatus GetStatus(short token) => ValueTaskSourceStatus.Succeeded;

            public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => continuation(state);
        }

        public sealed class Scenario
        {
            private static readonly Source source = new();

            [Cached]
            public static ValueTask<int> GetAsync(int id) => new(source, 0);

            public static async Task<object?> Run() => (await GetAsync(1), await GetAsync(1), source.Reads);
        }
        """));
}
