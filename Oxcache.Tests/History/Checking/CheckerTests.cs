namespace Oxcaching.Tests.History.Checking;

/// <summary>What every test of a rule does: histories made by hand, and what is found in them.</summary>
public abstract class CheckerTests
{
    /// <summary>All rules, with times that are easy to count with: known at once or after 1000 ms, 100 ms of age, over 200 ms after healing.</summary>
    internal static Promises All { get; } = new()
    {
        Elsewhere = TimeSpan.FromMilliseconds(50),
        CoherenceMaxAge = TimeSpan.FromMilliseconds(100),
        Slack = TimeSpan.Zero,
        RecoverySlack = TimeSpan.Zero,
        Detection = TimeSpan.FromMilliseconds(1000),
        GivingUp = TimeSpan.FromMilliseconds(1500),
        Recovery = TimeSpan.FromMilliseconds(200),
        OneBodyInTheFleet = true,
    };

    internal static RunHistory History(params Operation[] operations) => new(operations);

    internal static void AssertKept(RunHistory history, Promises? promises = null)
    {
        var violations = HistoryChecker.Check(history, promises ?? All);
        Assert.True(violations.Count == 0, HistoryReport.Of(history, violations));
    }

    internal static void AssertBroken(string rule, RunHistory history, Promises? promises = null)
    {
        var violations = HistoryChecker.Check(history, promises ?? All);
        Assert.Contains(violations, violation => violation.Rule == rule);
        Assert.All(violations, violation => Assert.Equal(rule, violation.Rule));
    }
}
