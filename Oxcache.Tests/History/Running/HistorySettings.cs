using System.Globalization;
using Oxcaching.Configuration;

namespace Oxcaching.Tests.History.Running;

/// <summary>How long runs last and which seeds they have, from the environment.</summary>
internal static class HistorySettings
{
    /// <summary>OXCACHE_TEST_HISTORY_SECONDS, otherwise 30.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(Number("OXCACHE_TEST_HISTORY_SECONDS") ?? 30);

    /// <summary>OXCACHE_TEST_HISTORY_SEED and its followers, OXCACHE_TEST_HISTORY_SEEDS of them; otherwise one by chance.</summary>
    public static IReadOnlyList<int> Seeds { get; } =
        [.. Enumerable.Range(Number("OXCACHE_TEST_HISTORY_SEED") ?? Random.Shared.Next(1_000_000), Number("OXCACHE_TEST_HISTORY_SEEDS") ?? 1)];

    /// <summary>OXCACHE_TEST_HISTORY_WITHOUT: the rule of the protocol that is switched off, to see what finds that out; otherwise null.</summary>
    public static ProtocolRules? Rules { get; } =
        Environment.GetEnvironmentVariable("OXCACHE_TEST_HISTORY_WITHOUT") is { Length: > 0 } rule ? Without(rule) : null;

    /// <summary>OXCACHE_TEST_HISTORY_STRICT: whether a busy machine is no excuse for a recovery that takes longer.</summary>
    public static bool Strict { get; } = Environment.GetEnvironmentVariable("OXCACHE_TEST_HISTORY_STRICT") is { Length: > 0 };

    /// <summary>OXCACHE_TEST_HISTORY_LONG_AGE: whether L1 may serve for longer than a recovery takes, so that what a gap leaves behind is seen.</summary>
    public static bool LongAge { get; } = Environment.GetEnvironmentVariable("OXCACHE_TEST_HISTORY_LONG_AGE") is { Length: > 0 };

    /// <summary>All rules of the protocol but one.</summary>
    public static ProtocolRules Without(string rule)
    {
        var rules = new ProtocolRules();
        typeof(ProtocolRules).GetProperty(rule)!.SetValue(rules, false);
        return rules;
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
