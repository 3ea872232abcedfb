using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

public class Results
{
    [Theory]
    [InlineData("System.IO.Stream", "is System.IO.Stream, which is read once and then closed")]
    [InlineData("System.IO.MemoryStream", "is System.IO.MemoryStream, which is read once and then closed")]
    [InlineData("Task", "is System.Threading.Tasks.Task, a task, which is a run and not a value")]
    [InlineData("Task<int>", "is System.Threading.Tasks.Task<int>, a task, which is a run and not a value")]
    [InlineData("ValueTask<int>", "is System.Threading.Tasks.ValueTask<int>, a task, which is a run and not a value")]
    [InlineData("IAsyncEnumerable<int>", "is System.Collections.Generic.IAsyncEnumerable<int>, which each enumeration makes anew")]
    [InlineData("IDisposable", "is System.IDisposable, which is disposable: its first user would dispose of it for all others")]
    [InlineData("IAsyncDisposable", "is System.IAsyncDisposable, which is disposable: its first user would dispose of it for all others")]
    [InlineData("System.Text.Json.JsonDocument", "is System.Text.Json.JsonDocument, which is disposable: its first user would dispose of it for all others")]
    [InlineData("System.IO.Stream[]", "System.IO.Stream[] holds System.IO.Stream, which is read once and then closed")]
    [InlineData("(int, System.IO.Stream)", "System.ValueTuple<int,System.IO.Stream> holds System.IO.Stream, which is read once and then closed")]
    [InlineData("List<Task<int>>", "System.Collections.Generic.List<System.Threading.Tasks.Task<int>> holds System.Threading.Tasks.Task<int>, a task")]
    public void OXC016_a_result_that_cannot_be_handed_out_twice(string type, string problem)
    {
        var texts = Expect.Errors($$"""
            public static class Users
            {
                [Cached] public static Task<{{type}}> Get(int id) { return Task.FromResult<{{type}}>(default!); } // OXC016
                [Cached] public static async ValueTask<{{type}}> GetAsync(int id) { await Task.Yield(); return default!; } // OXC016
            }
            """);

        Assert.Contains($"its result {problem}", texts[0], StringComparison.Ordinal);
        Assert.EndsWith(". Return what it yields, such as an array, a string or a list.", texts[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OXC016_a_type_parameter_that_is_known_to_be_disposable() => Expect.Errors("""
        public static class Users
        {
            [Cached] public static Task<T> Get<T>(int id) where T : class, IDisposable { return Task.FromResult<T>(null!); } // OXC016
            [Cached] public static Task<T> Any<T>(int id) where T : class { return Task.FromResult<T>(null!); }
        }
        """);

    [Fact]
    public void Ordinary_results_are_fine() => Expect.Errors("""
        public static class Users
        {
            [Cached] public static Task<Dictionary<string, (int, byte[]?)>> One(int id) { return null!; }
            [Cached] public static Task<IReadOnlyList<KeyValuePair<int, DateTimeOffset?>>> Two(int id) { return null!; }
            [Cached] public static Task<object?> Three(int id) { return null!; }
        }
        """);
}
