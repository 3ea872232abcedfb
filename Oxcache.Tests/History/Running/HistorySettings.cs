using System.Globalization;

namespace Oxcaching.Tests.History.Running;

/// <summary>How long runs last and which seeds they have, from the environment.</summary>
internal static class HistorySettings
{
    /// <summary>OXCACHE_TEST_HISTORY_SECONDS, otherwise 30.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(Number("OXCACHE_TEST_HISTORY_SECONDS") ?? 30);

    /// <summary>OXCACHE_TEST_HISTORY_SEED and its followers, OXCACHE_TEST_HISTORY_SEEDS of them; otherwise one by chance.</summary>
    public static IReadOnlyList<int> Seeds { get; } =
        [.. Enumerable.Range(Number("OXCACHE_TEST_HISTORY_SEED") ?? Random.Shared.Next(1_000_000), Number("OXCACHE_TEST_HISTORY_SEEDS") ?? 1)];

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
