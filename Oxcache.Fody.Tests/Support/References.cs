using Microsoft.CodeAnalysis;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>The assemblies that test sources are compiled and woven against: reference assemblies of .NET, and the runtime library.</summary>
internal static class References
{
    private static readonly IReadOnlyList<string> All = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt"));

    public static readonly IReadOnlyList<string> Paths = All
        .Where(path => path.Contains("Microsoft.NETCore.App.Ref", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(path) == "Oxcache.dll")
        .ToList();

    public static readonly IReadOnlyList<string> WithoutRuntime = Paths.Where(path => Path.GetFileName(path) != "Oxcache.dll").ToList();

    /// <summary>With the logging and the Redis client that the runtime library's users see through it.</summary>
    public static readonly IReadOnlyList<string> WithDependencies =
        [.. Paths, Of("Microsoft.Extensions.Logging.Abstractions.dll"), Of("StackExchange.Redis.dll"), Of("RESPite.dll")];

    private static readonly Dictionary<string, MetadataReference> Metadata =
        Paths.ToDictionary(path => path, path => (MetadataReference)MetadataReference.CreateFromFile(path));

    private static string Of(string file) => All.Single(path => Path.GetFileName(path) == file);

    /// <summary>The same assemblies as the compiler takes them, read once.</summary>
    public static IEnumerable<MetadataReference> ForCompiler(IReadOnlyList<string> paths) => paths.Select(
        path => Metadata.TryGetValue(path, out var reference) ? reference : MetadataReference.CreateFromFile(path));
}
