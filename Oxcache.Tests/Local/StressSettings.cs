using System.Globalization;

namespace Oxcaching.Tests.Local;

/// <summary>How long the tests of many threads run: OXCACHE_TEST_STRESS_SECONDS, otherwise briefly.</summary>
internal static class StressSettings
{
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_STRESS_SECONDS") ?? "2", CultureInfo.InvariantCulture));
}
