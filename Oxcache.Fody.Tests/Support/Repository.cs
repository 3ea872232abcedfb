using System.Reflection;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Files of this repository that tests hold the code to.</summary>
internal static class Repository
{
    public static string PathOf(params string[] parts) => Path.Combine([Metadata("RepositoryRoot"), .. parts]);

    public static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
