namespace Oxcaching.Fody.Tests.Support;

/// <summary>
/// Methods as people write them, in files of their own. The first line of each says what its <c>Scenario.Run</c> returns when
/// every body runs once for two calls.
/// </summary>
internal static class Corpus
{
    private static readonly string Folder = Repository.PathOf("Oxcache.Fody.Tests", "Corpus");

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)!).Order();

    public static string Expected(string name) => File.ReadLines(Path.Combine(Folder, $"{name}.cs")).First()["// ".Length..].TrimEnd();

    /// <summary>A file's source, together with what counts the runs of its bodies.</summary>
    public static string Source(string name)
    {
        var source = File.ReadAllText(Path.Combine(Folder, $"{name}.cs"));
        return $"{source}\n{File.ReadAllText(Path.Combine(Folder, "Shared.txt"))}";
    }
}
