using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Weaving;

public class MembersOfTypes
{
    [Theory, BothBuilds]
    public async Task A_struct_receiver_is_copied_and_its_body_sees_its_state(Build build) => Assert.Equal(("x1", 1), await Woven.RunAsync(build, """
        public struct Prefix(string text)
        {
            public static int Bodies;

            [Cached]
            public async Task<string> AddAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return text + id;
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var prefix = new Prefix("x");
                await prefix.AddAsync(1);
                return (await prefix.AddAsync(1), Prefix.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_generic_struct_and_a_record_struct_as_receivers(Build build) => Assert.Equal(("Int32 4", "5 1", 2), await Woven.RunAsync(build, """
        public readonly struct Box<T>(T value)
        {
            [Cached]
            public Task<string> ShowAsync(int id)
            {
                Scenario.Bodies++;
                return Task.FromResult($"{typeof(T).Name} {value}");
            }
        }

        public record struct Point(int X, int Y)
        {
            [Cached]
            public async ValueTask<string> ShowAsync(string id)
            {
                Scenario.Bodies++;
                await Task.Yield();
                return $"{X} {Y}";
            }
        }

        public static class Scenario
        {
            public static int Bodies;

            public static async Task<object?> Run()
            {
                await new Box<int>(4).ShowAsync(1);
                await new Point(5, 1).ShowAsync("1");
                return (await new Box<int>(4).ShowAsync(1), await new Point(5, 1).ShowAsync("1"), Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task An_override_calls_base_and_both_are_cached(Build build) => Assert.Equal(("derived of base 1", 1, 1), await Woven.RunAsync(build, """
        public class Base
        {
            public int BaseBodies;

            [Cached]
            public virtual async Task<string> GetAsync(int id)
            {
                BaseBodies++;
                await Task.Yield();
                return $"base {id}";
            }
        }

        public sealed class Derived : Base
        {
            public int Bodies;

            [Cached]
            public override async Task<string> GetAsync(int id)
            {
                Bodies++;
                return "derived of " + await base.GetAsync(id);
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var derived = new Derived();
                await derived.GetAsync(1);
                return (await ((Base)derived).GetAsync(1), derived.BaseBodies, derived.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task An_override_that_is_not_async_calls_base(Build build) => Assert.Equal(("base 1!", 1), await Woven.RunAsync(build, """
        public class Base<T>
        {
            public virtual Task<string> GetAsync(T id) => Task.FromResult($"base {id}");
        }

        public class Derived : Base<int>
        {
            public int Bodies;

            [Cached]
            public override Task<string> GetAsync(int id)
            {
                Bodies++;
                return base.GetAsync(id).ContinueWith(task => task.Result + "!");
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var derived = new Derived();
                await derived.GetAsync(1);
                return (await derived.GetAsync(1), derived.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task Explicit_implementations_of_two_interfaces_have_keys_of_their_own(Build build) => Assert.Equal(("left", "right", 2), await Woven.RunAsync(build, """
        public interface ILeft<T>
        {
            Task<string> GetAsync(T id);
        }

        public interface IRight
        {
            Task<string> GetAsync(int id);
        }

        public sealed class Both : ILeft<int>, IRight
        {
            public int Bodies;

            [Cached]
            async Task<string> ILeft<int>.GetAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return "left";
            }

            [Cached]
            async Task<string> IRight.GetAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return "right";
            }
        }

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                var both = new Both();
                await ((ILeft<int>)both).GetAsync(1);
                await ((IRight)both).GetAsync(1);
                return (await ((ILeft<int>)both).GetAsync(1), await ((IRight)both).GetAsync(1), both.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task A_default_method_of_a_variant_interface(Build build) => Assert.Equal(("String 1", 1), await Woven.RunAsync(build, """
        public interface ISource<out T>
        {
            static int Bodies;

            [Cached]
            async Task<string> GetAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return $"{typeof(T).Name} {id}";
            }
        }

        public sealed class Source : ISource<string>;

        public static class Scenario
        {
            public static async Task<object?> Run()
            {
                ISource<string> source = new Source();
                await source.GetAsync(1);
                return (await source.GetAsync(1), ISource<string>.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task The_implementation_of_a_static_abstract_method(Build build) => Assert.Equal(("made 1", 1), await Woven.RunAsync(build, """
        public interface IMaker
        {
            static abstract Task<string> MakeAsync(int id);
        }

        public sealed class Maker : IMaker
        {
            public static int Bodies;

            [Cached]
            public static async Task<string> MakeAsync(int id)
            {
                Bodies++;
                await Task.Yield();
                return $"made {id}";
            }
        }

        public static class Scenario
        {
            private static Task<string> Make<T>(int id) where T : IMaker => T.MakeAsync(id);

            public static async Task<object?> Run()
            {
                await Make<Maker>(1);
                return (await Make<Maker>(1), Maker.Bodies);
            }
        }
        """));

    [Theory, BothBuilds]
    public async Task An_extension_method_and_a_record_class(Build build) => Assert.Equal(("ab", "r1", 2), await Woven.RunAsync(build, """
        public static class Extensions
        {
            [Cached]
            public static async Task<string> WithAsync(this string text, string more)
            {
                Scenario.Bodies++;
                await Task.Yield();
                return text + more;
            }
        }

        public sealed record Reader(string Name)
        {
            [Cached]
            public async Task<string> ReadAsync(int id)
            {
                Scenario.Bodies++;
                await Task.Yield();
                return Name + id;
            }
        }

        public static class Scenario
        {
            public static int Bodies;

            public static async Task<object?> Run()
            {
                var reader = new Reader("r");
                await "a".WithAsync("b");
                await reader.ReadAsync(1);
                return (await "a".WithAsync("b"), await reader.ReadAsync(1), Bodies);
            }
        }
        """));
}
