using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class WhatIsInTheKey
{
    [Theory, BothBuilds]
    public async Task Overloads_do_not_answer_for_each_other(Build build) => Assert.Equal(("int", "long", "string"), await Woven.RunAsync(build, """
        public static class Scenario
        {
            [Cached]
            private static Task<string> GetAsync(int id) => Task.FromResult("int");

            [Cached]
            private static Task<string> GetAsync(long id) => Task.FromResult("long");

            [Cached]
            private static Task<string> GetAsync(string id) => Task.FromResult("string");

            public static async Task<object?> Run() => (await GetAsync(1), await GetAsync(1L), await GetAsync("1"));
        }
        """));

    [Theory, BothBuilds]
    public async Task An_ignored_parameter_does_not_tell_calls_apart(Build build) => Assert.Equal((1, 1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(int id, [CacheKeyIgnore] string correlation) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(1, "a"), await GetAsync(1, "b"), await GetAsync(2, "a"));
        }
        """));

    [Theory, BothBuilds]
    public async Task Null_and_the_empty_string_are_different_arguments(Build build) => Assert.Equal((1, 2, 1), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(string? name) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(null), await GetAsync(""), await GetAsync(null));
        }
        """));

    [Theory, BothBuilds]
    public async Task Text_that_looks_like_two_arguments_is_one(Build build) => Assert.Equal((1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(string left, string right) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync("a:1'b", "c"), await GetAsync("a", "b:1'c"));
        }
        """));

    [Theory, BothBuilds]
    public async Task A_template_makes_the_key_of_the_parameters_it_names(Build build) => Assert.Equal((1, 1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached(Key = "template_{id}_{name}")]
            private static Task<int> GetAsync(int id, string name, bool more) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(1, "a", true), await GetAsync(1, "a", false), await GetAsync(1, "b", true));
        }
        """));

    [Theory, BothBuilds]
    public async Task A_template_that_is_empty_at_run_time_runs_the_body_each_time(Build build) => Assert.Equal((1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached(Key = "{name}")]
            private static Task<int> GetAsync(string? name) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(null), await GetAsync(null));
        }
        """));

    [Theory, BothBuilds]
    public async Task A_key_of_any_length_works(Build build) => Assert.Equal((1, 1, 2), await Woven.RunAsync(build, """
        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(string text) => Task.FromResult(++bodies);

            public static async Task<object?> Run()
            {
                var text = new string('x', 100_000);
                return (await GetAsync(text), await GetAsync(text), await GetAsync(text + "x"));
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_formatter_that_throws_costs_the_cache_and_not_the_call(Build build) => Assert.Equal((1, 2), await Woven.RunAsync(build, """
        public sealed class Broken : ICacheKeyPart
        {
            public string GetCacheKeyPart() => throw new InvalidOperationException();
        }

        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(Broken broken) => Task.FromResult(++bodies);

            public static async Task<object?> Run() => (await GetAsync(new Broken()), await GetAsync(new Broken()));
        }
        """));

    [Theory, BothBuilds]
    public async Task Every_kind_of_key_part_tells_values_apart(Build build) => Assert.Equal(10, await Woven.RunAsync(build, """
        public sealed class Part(string text) : ICacheKeyPart
        {
            public string GetCacheKeyPart() => text;
        }

        public sealed class Named(string text)
        {
            public override string ToString() => text;
        }

        [Flags]
        public enum Colour : byte
        {
            Red = 1,
            Blue = 2,
        }

        public static class Scenario
        {
            private static int bodies;

            [Cached]
            private static Task<int> GetAsync(Part? part, Named? named, Colour colour, Colour? maybe, nint address, Version version, Uri link, Half half) =>
                Task.FromResult(++bodies);

            public static async Task<object?> Run()
            {
                for (var round = 0; round < 2; round++)
                {
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("b"), new Named("a"), Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("b"), Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), null, Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red | Colour.Blue, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, null, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, Colour.Red, 2, new Version(1, 2), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, Colour.Red, 1, new Version(1, 3), new Uri("http://a/%41"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/A"), (Half)1);
                    await GetAsync(new Part("a"), new Named("a"), Colour.Red, Colour.Red, 1, new Version(1, 2), new Uri("http://a/%41"), (Half)2);
                }

                return bodies;
            }
        }
        """));
}
