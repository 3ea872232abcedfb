using System.Text.RegularExpressions;
using Oxcaching.Fody.Tests.Support;

namespace Oxcaching.Fody.Tests.Documentation;

/// <summary>Every C# snippet of the documentation compiles and weaves.</summary>
public partial class Snippets
{
    /// <summary>What the snippets speak of without showing it.</summary>
    private const string Surroundings = """
        public sealed record User(long Id);
        public sealed record Session(string Id);
        public sealed record Report(int Year);
        public sealed record ApiResponse(string Body);
        public sealed class CachedTypes() : JsonSerializerContext(null)
        {
            public static CachedTypes Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        public sealed record Secrets(string RedisPassword);
        public sealed class Database
        {
            public Task<User> QueryUserAsync(long id, CancellationToken ct = default) => Task.FromResult(new User(id));
            public Task<Session?> QuerySessionAsync(string id) => Task.FromResult<Session?>(new Session(id));
            public Task<Report> QueryReportAsync(int year) => Task.FromResult(new Report(year));
            public Task SaveAsync(User user) => Task.CompletedTask;
        }
        public sealed class Http
        {
            public Task<ApiResponse> FetchAsync(string endpoint, int version) => Task.FromResult(new ApiResponse(endpoint));
        }
        public class Page
        {
            protected static readonly Database db = new();
            protected static readonly Http http = new();
            protected static readonly User user = new(42);
            protected static readonly Secrets secrets = new("");
            protected static readonly ILoggerFactory loggerFactory = null!;
        }
        """;

    private const string Usings = """
        using System.Diagnostics.CodeAnalysis;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Microsoft.Extensions.Logging;
        using StackExchange.Redis;
        """;

    public static TheoryData<string, int> All
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (var page in new[] { "README.md" }.Concat(Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(p => "docs/" + Path.GetFileName(p))))
            {
                for (var i = 0; i < In(page).Count; i++)
                {
                    all.Add(page, i);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Compiles_and_weaves(string page, int number)
    {
        var source = $"{Usings}\n{Surroundings}\n{Wrap(In(page)[number].Groups[1].Value)}";

        Assert.Empty(WeaverRunner.Weave(source, references: References.WithDependencies).Errors);
    }

    private static MatchCollection In(string page) => Snippet().Matches(File.ReadAllText(Repository.PathOf(page)));

    private static string Wrap(string snippet)
    {
        var types = TypeDeclaration().Match(snippet);
        var statements = types.Success ? snippet[..types.Index] : snippet;
        var declared = types.Success ? snippet[types.Index..].Replace("namespace Shop;", "", StringComparison.Ordinal) : "";
        var body = Member().IsMatch(statements) ? statements : $"async Task RunAsync() {{ await Task.CompletedTask;\n{statements}\n}}";
        return $"public class Shown : Page {{\n{body}\n}}\n{declared}";
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"^(namespace Shop;|public (sealed )?(class|record) )", RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\A\s*\[Cached")]
    private static partial Regex Member();
}
