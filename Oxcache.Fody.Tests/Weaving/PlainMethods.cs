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
}
