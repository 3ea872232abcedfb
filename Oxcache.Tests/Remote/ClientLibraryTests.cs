using System.Reflection;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Remote;

/// <summary>Oxcache is compiled against StackExchange.Redis 1.2.6, and an application may bring any later one.</summary>
public sealed class ClientLibraryTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("2.13.23")]
    [InlineData("3.4.35")]
    public void Every_member_that_Oxcache_uses_is_there_unchanged(string version)
    {
        var used = MemberNames.ReferencedBy(typeof(Oxcache).Assembly.Location, "StackExchange.Redis");
        var there = MemberNames.DefinedIn(Library(version));
        output.WriteLine($"{used.Count} members used, {there.Count} in {version}");

        Assert.NotEmpty(used);
        Assert.Empty(used.Except(there));
    }

    private static string Library(string version)
    {
        var root = typeof(ClientLibraryTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NuGetPackageRoot").Value!;
        var folders = Directory.GetDirectories(Path.Combine(root, "stackexchange.redis", version, "lib"));
        var newest = folders.Where(f => Path.GetFileName(f).StartsWith("net", StringComparison.Ordinal) && Path.GetFileName(f).Contains('.'))
            .Order(StringComparer.Ordinal).Last(f => !Path.GetFileName(f).StartsWith("netstandard", StringComparison.Ordinal));
        return Path.Combine(newest, "StackExchange.Redis.dll");
    }
}
