using System.Text.RegularExpressions;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Diagnostics;

/// <summary>The examples of docs/errors do what the pages say of them.</summary>
public partial class ErrorPages
{
    private const string Surroundings = """
        public sealed record User(long Id);
        public sealed record Report;
        public sealed record Order(long Id);
        public interface ILogger;
        public readonly record struct UserId(long Value) : ICacheKeyPart { public string GetCacheKeyPart() => Value.ToString(); }
        public interface IUsers { Task<User> GetUserAsync(long id); }
        public sealed class Database
        {
            public User QueryUser(long id) => new(id);
            public Task<User> QueryUserAsync(long id) => Task.FromResult(new User(id));
            public Task<User> QueryUserAsync(UserId id) => Task.FromResult(new User(id.Value));
            public Task<Order> QueryOrderAsync(long id) => Task.FromResult(new Order(id));
            public Task<T> QueryAsync<T>(long id) => Task.FromResult<T>(default!);
            public Task<System.IO.Stream> OpenAsync(long id) => Task.FromResult<System.IO.Stream>(System.IO.Stream.Null);
            public Task<byte[]> ReadAsync(long id) => Task.FromResult(new byte[1]);
            public Task<User> QueryUserAsync(long id, string language) => Task.FromResult(new User(id));
            public Task<int> CountAsync(string name) => Task.FromResult(name.Length);
            public Task<Report> FindAsync(object filter) => Task.FromResult(new Report());
            public async IAsyncEnumerable<User> QueryUsersAsync(int page) { await Task.Yield(); yield return new User(page); }
        }
        """;

    [Theory]
    [InlineData("OXC001")]
    [InlineData("OXC002")]
    [InlineData("OXC003")]
    [InlineData("OXC004")]
    [InlineData("OXC005")]
    [InlineData("OXC006")]
    [InlineData("OXC007")]
    [InlineData("OXC008")]
    [InlineData("OXC010")]
    [InlineData("OXC011")]
    [InlineData("OXC012")]
    [InlineData("OXC013")]
    [InlineData("OXC014")]
    [InlineData("OXC015")]
    [InlineData("OXC016")]
    public void The_first_example_fails_and_the_second_is_the_same_mended(string id)
    {
        var examples = Example().Matches(File.ReadAllText(Repository.PathOf("docs", "errors", $"{id}.md")));

        Assert.Equal(2, examples.Count);
        Assert.Equal([id], Told(examples[0]).Distinct());
        Assert.Empty(Told(examples[1]));
    }

    private static List<string> Told(Match example)
    {
        using var project = new ProjectFolder("[services.default]\n[services.user_cache]");
        var result = WeaverRunner.Weave(
            $"{Surroundings}\npublic class Page {{ private static readonly Database db = new();\n{example.Groups[1].Value}\n}}", project: project);
        return result.Errors.Concat(result.Warnings).Select(error => error.Id).ToList();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
