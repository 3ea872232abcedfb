using System.Globalization;

namespace Oxcaching.Tests.Crashes;

/// <summary>What a version of a key is: there is only one value for it, so that a damaged one shows.</summary>
internal static class CrashValue
{
    /// <summary>Short, for Garnet without a disk forgets what is older than its memory of writes.</summary>
    private const int LongestPadding = 100;

    /// <summary>Null: the version is a delete.</summary>
    public static string? Of(string key, long version)
    {
        var random = new Random(version.GetHashCode());
        if (random.Next(4) == 0)
        {
            return null;
        }

        var padding = new byte[random.Next(LongestPadding)];
        random.NextBytes(padding);
        return string.Create(CultureInfo.InvariantCulture, $"{key} {version} {Convert.ToHexString(padding)}");
    }

    /// <summary>The version that a value says it is; -1 if it says nothing.</summary>
    public static long VersionOf(string value) =>
        value.Split(' ') is [_, var version, _] && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
