using System.Text;
using System.Text.Json;
using Oxcaching.Configuration.TomlTree;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Configuration;

/// <summary>The public toml-test corpus, where it is at hand: the files of its list for TOML 1.1.0.</summary>
public sealed class TomlCorpusTests(ITestOutputHelper output)
{
    private const string List = "files-toml-1.1.0";

    [SkippableFact]
    public void Every_valid_file_equals_its_tagged_json()
    {
        var (folder, files) = Files("valid/");
        var failures = files.Select(file => CompareWithJson(folder, file)).OfType<string>().ToList();

        output.WriteLine($"toml-test 1.1.0: {files.Count - failures.Count} of {files.Count} valid files equal to their JSON");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [SkippableFact]
    public void Every_invalid_file_is_refused()
    {
        var (folder, files) = Files("invalid/");
        var accepted = files.Where(file => Error(Path.Combine(folder, file)) is null).ToList();

        output.WriteLine($"toml-test 1.1.0: {files.Count - accepted.Count} of {files.Count} invalid files refused");
        Assert.True(accepted.Count == 0, string.Join('\n', accepted));
    }

    /// <summary>Tomlyn's own words are not shown; ours are found by them, and a later version may have others.</summary>
    [SkippableFact]
    public void Every_invalid_file_is_told_what_is_wrong()
    {
        var (folder, files) = Files("invalid/");
        var unexplained = files.Where(file => Error(Path.Combine(folder, file))?.Errors.Any(one => one.Message == "not TOML") == true).ToList();

        Assert.True(unexplained.Count == 0, string.Join('\n', unexplained));
    }

    private static (string Folder, IReadOnlyList<string> Files) Files(string kind)
    {
        var folder = TestData.FindShared("toml-test");
        Skip.If(folder is null, "no toml-test corpus: set OXCACHE_TEST_DATA to the folder that holds toml-test");
        var files = File.ReadLines(Path.Combine(folder!, List))
            .Where(line => line.StartsWith(kind, StringComparison.Ordinal) && line.EndsWith(".toml", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        return (folder!, files);
    }

    private static TomlSyntaxException? Error(string path) => Record.Exception(() => TomlDocument.Read(File.ReadAllBytes(path))) switch
    {
        null => null,
        TomlSyntaxException error => error,
        var other => throw new InvalidOperationException(path, other),
    };

    private static string? CompareWithJson(string folder, string file)
    {
        try
        {
            var document = TomlDocument.Read(File.ReadAllBytes(Path.Combine(folder, file)));
            var json = File.ReadAllText(Path.Combine(folder, Path.ChangeExtension(file, ".json")), Encoding.UTF8);
            using var expected = JsonDocument.Parse(json);
            return TaggedJson.Difference(document, expected.RootElement, "") is { } difference ? $"{file}: {difference}" : null;
        }
        catch (TomlSyntaxException e)
        {
            return $"{file}({e.Errors[0].Position.Line},{e.Errors[0].Position.Column}): {e.Message}";
        }
    }
}
