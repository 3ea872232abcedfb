using Oxcaching.Tests.History.Checking;
using Oxcaching.Tests.History.Running;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.History;

/// <summary>A fleet of instances under random work and random faults, held to what the cache promises.</summary>
[Collection(Undisturbed.Name)]
public sealed class HistoryTests(ITestOutputHelper output)
{
    /// <summary>What holds without messages between the instances.</summary>
    private static readonly Promises WithoutMessages = new()
    {
        PendingWritesHold = false,
        Elsewhere = null,
        Agreement = false,
        Detection = TimeSpan.Zero,
    };

    [SkippableTheory]
    [InlineData(ServerKind.Redis, "two-level", 1)]
    [InlineData(ServerKind.Garnet, "two-level", 0.2)]
    [InlineData(ServerKind.Redis, "l2", 0.2)]
    public async Task A_fleet_keeps_its_promises_through_faults(ServerKind kind, string levels, double shareOfTime)
    {
        foreach (var seed in HistorySettings.Seeds)
        {
            var scenario = new HistoryScenario
            {
                ServerUrl = await ServerPool.UrlAsync(kind),
                Seed = seed,
                Duration = HistorySettings.Duration * shareOfTime,
                Promises = WithoutMessages,
                Levels = levels,
            };
            await RunAsync(scenario);
        }
    }

    private async Task RunAsync(HistoryScenario scenario)
    {
        output.WriteLine($"OXCACHE_TEST_HISTORY_SEED={scenario.Seed}");
        var run = new HistoryRun(scenario);
        var history = await run.RunAsync();
        foreach (var kind in history.Operations.CountBy(operation => operation.Kind))
        {
            output.WriteLine($"{kind.Value} × {kind.Key}");
        }

        output.WriteLine($"{history.Operations.Count(o => o is { IsWrite: true, IsAcknowledged: false })} writes not acknowledged, {history.Faults.Count} faults, {history.Stalled.TotalMilliseconds:0} ms stalled");
        var violations = HistoryChecker.Check(history, scenario.Promises);
        Assert.True(violations.Count == 0, $"With OXCACHE_TEST_HISTORY_SEED={scenario.Seed}:\n{HistoryReport.Of(history, violations)}");
        Assert.DoesNotContain(run.Logs.Lines, line => line.Event == 31);
    }
}
