using System.Reflection;

namespace Oxcaching.Tests.TestSupport;

/// <summary>Where the repository is, and the data shared beside it.</summary>
internal static class TestData
{
    private const string SharedVariable = "OXCACHE_TEST_DATA";

    public static string RepositoryRoot { get; } = Path.GetFullPath(typeof(TestData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!);

    /// <summary>The folder below the shared data, or null when this machine has none.</summary>
    /// <remarks>Looked for in OXCACHE_TEST_DATA, else as shared/data beside the repository or a folder above it.</remarks>
    public static string? FindShared(string name)
    {
        if (Environment.GetEnvironmentVariable(SharedVariable) is { Length: > 0 } set)
        {
            return Existing(Path.Combine(set, name));
        }

        for (var folder = Directory.GetParent(RepositoryRoot); folder is not null; folder = folder.Parent)
        {
            if (Existing(Path.Combine(folder.FullName, "shared", "data", name)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? Existing(string path) => Directory.Exists(path) ? path : null;
}
