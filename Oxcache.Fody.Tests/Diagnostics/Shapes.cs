using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class Shapes
{
    [Theory, BothBuilds]
    public void OXC001_a_method_that_returns_no_task_of_a_value(Build build)
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached]
                public static int Count() { return 1; } // OXC001

                [Cached]
                public static async Task SaveAsync() { await Task.Yield(); } // OXC001

                [Cached]
                public static void Save() { } // OXC001
            }
            """, build);

        Assert.EndsWith("it returns int. Only Task<T> and ValueTask<T> can be cached: make it async and let it return a value, or remove [Cached].", texts[0], StringComparison.Ordinal);
        Assert.Matches(@"^OXC001: \[Cached\] on Case\d+\.Users\.SaveAsync\(\): it returns System.Threading.Tasks.Task\. ", texts[1]);
    }

    [Fact]
    public void OXC002_a_method_without_a_body_is_placed_at_its_neighbour()
    {
        var texts = Expect.Errors("""
            public abstract class Users
            {
                [Cached]
                public abstract Task<int> GetAsync(int id);

                public int Count() { return 1; } // OXC002 OXC002

                [Cached]
                [System.Runtime.InteropServices.DllImport("none")]
                public static extern Task<int> CallAsync(int id);
            }
            """);

        Assert.Contains("GetAsync(int): it is abstract and has no body to cache. Put [Cached] on the methods that implement it.", texts[0], StringComparison.Ordinal);
        Assert.Contains("CallAsync(int): it is extern and has no body to cache.", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC002_a_declaration_in_an_interface_without_any_code_is_named_in_the_text()
    {
        var error = Assert.Single(WeaverRunner.Weave("""
            public interface IUsers
            {
                [Cached]
                Task<int> GetAsync(int id);
            }
            """).Errors);

        Assert.Matches(@"^OXC002: \[Cached\] on Case\d+\.IUsers\.GetAsync\(int\): it is a declaration in an interface and has no body to cache\.", error.Text);
    }

    [Theory, BothBuilds]
    public void OXC003_a_parameter_by_reference(Build build)
    {
        var texts = Expect.Errors("""
            public static class Users
            {
                [Cached]
                public static Task<int> ByRef(ref int id) { return Task.FromResult(id); } // OXC003

                [Cached]
                public static Task<int> ByIn(in int id) { return Task.FromResult(id); } // OXC003

                [Cached]
                public static Task<int> ByOut(out int id) { id = 1; return Task.FromResult(id); } // OXC003
            }
            """, build);

        Assert.EndsWith(
            "the parameter id is passed by ref, in or out. A result from the cache cannot be written there: pass it by value.", texts[0], StringComparison.Ordinal);
    }

    [Theory, BothBuilds]
    public void OXC004_a_parameter_or_receiver_that_cannot_be_kept(Build build)
    {
        var texts = Expect.Errors("""
            public static unsafe class Users
            {
                [Cached]
                public static Task<int> Span(ReadOnlySpan<char> name) { return Task.FromResult(name.Length); } // OXC004

                [Cached]
                public static Task<int> Pointer(int* id) { return Task.FromResult(*id); } // OXC004

                [Cached]
                public static Task<int> Function(delegate*<int, int> function) { return Task.FromResult(function(1)); } // OXC004

                [Cached]
                public static Task<int> Open<T>(T value) where T : allows ref struct { return Task.FromResult(1); } // OXC004
            }

            public ref struct Reader
            {
                [Cached]
                public Task<int> Read(int id) { return Task.FromResult(id); } // OXC004
            }
            """, build);

        Assert.Contains("the parameter name is of type System.ReadOnlySpan<char>, a ref struct, pointer or function pointer", texts[0], StringComparison.Ordinal);
        Assert.EndsWith("which cannot wait for the result. Make it static.", texts[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2_592_001)]
    [InlineData(int.MinValue)]
    public void OXC007_a_ttl_out_of_range(int ttl)
    {
        var texts = Expect.Errors($$"""
            public static class Users
            {
                [Cached(Ttl = {{ttl}})]
                public static Task<int> Get(int id) { return Task.FromResult(id); } // OXC007
            }
            """);

        Assert.EndsWith($"Ttl = {ttl} is out of range. Use 1 to 2592000 seconds (30 days), or leave it out for the service's own.", texts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_shortest_and_the_longest_ttl_are_in_range() => Expect.Errors("""
        public static class Users
        {
            [Cached(Ttl = 1)]
            public static Task<int> Short(int id) { return Task.FromResult(id); }

            [Cached(Ttl = 2592000)]
            public static Task<int> Long(int id) { return Task.FromResult(id); }
        }
        """);

    [Theory, BothBuilds]
    public void OXC008_kinds_of_methods_that_cannot_be_cached(Build build)
    {
        var texts = Expect.Errors("""
            using System.Runtime.CompilerServices;

            public static class Users
            {
                [Cached]
                public static async IAsyncEnumerable<int> ListAsync() { await Task.Yield(); // OXC008
                    yield return 1; }

                [MethodImpl(MethodImplOptions.Synchronized), Cached]
                public static Task<int> Locked(int id) { return Task.FromResult(id); } // OXC008

                public static Func<Task<int>> Lambda(int id) { return [Cached] () => Task.FromResult(id); } // OXC008

                public static Task<int> Property { [Cached] get { return Task.FromResult(1); } } // OXC008
            }
            """, build);

        Assert.Contains(texts, text => text.Contains("ListAsync(): it is an iterator. A sequence is made anew by each enumeration", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("Locked(int): it is Synchronized", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("it is a lambda or a local function that captures variables", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("it is an accessor", StringComparison.Ordinal));
    }
}
