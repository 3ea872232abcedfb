using Oxcaching.Configuration;
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
    private static readonly Promises All = new();

    /// <summary>What a gap leaves behind does not lapse before it is looked for. Heartbeats are rarer with it.</summary>
    private static readonly Promises OfLongAge = All with
    {
        CoherenceMaxAge = TimeSpan.FromSeconds(8),
        Detection = TimeSpan.FromSeconds(5),
        AgreementOfLoads = false,
    };

    [SkippableTheory]
    [InlineData(ServerKind.Redis, 1)]
    [InlineData(ServerKind.Garnet, 0.2)]
    public Task A_fleet_of_two_levels_keeps_its_promises_through_faults(ServerKind kind, double shareOfTime) =>
        AssertKeptAsync(kind, "two-level", shareOfTime);

    [SkippableTheory]
    [InlineData(ServerKind.Redis, 0.2)]
    public Task A_fleet_past_L1_keeps_its_promises_through_faults(ServerKind kind, double shareOfTime) => AssertKeptAsync(kind, "l2", shareOfTime);

    /// <summary>
    /// What waited through an outage meets keys of which Redis knows nothing. After 0.25 s tombstones are gone before it arrives; with 1 s, what
    /// a clear has left is still there.
    /// </summary>
    [SkippableTheory]
    [InlineData(ServerKind.Redis, 0.25, 0.3)]
    [InlineData(ServerKind.Redis, 1, 0.3)]
    public Task A_fleet_whose_tombstones_are_gone_soon_keeps_its_promises_through_faults(ServerKind kind, double seconds, double shareOfTime) =>
        AssertKeptAsync(kind, "two-level", shareOfTime, TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task With_one_load_in_the_fleet_and_no_faults_at_most_one_body_of_a_key_runs()
    {
        var scenario = await ShortAsync() with
        {
            Seed = HistorySettings.Seeds[0],
            Duration = HistorySettings.Duration * 0.2,
            Promises = All with { OneBodyInTheFleet = true },
            Levels = "two-level",
            DistributedSingleFlight = true,
            Wrap = (_, instance) => new OneLevelInstance(instance),
        };
        output.WriteLine($"OXCACHE_TEST_HISTORY_SEED={scenario.Seed}");
        var history = await new HistoryRun(scenario).RunAsync();
        output.WriteLine(HistoryReport.Summary(history));

        var violations = HistoryChecker.Check(history, scenario.Promises);
        Assert.True(violations.Count == 0, HistoryReport.Of(history, violations));
    }

    [Fact]
    public Task Without_it_more_than_one_body_is_found_out() =>
        AssertFoundAsync(scenario => scenario with { Promises = scenario.Promises with { OneBodyInTheFleet = true }, Levels = "two-level" }, OneBodyInTheFleet.Rule);

    [Fact]
    public async Task A_cache_that_never_forgets_is_found_out()
    {
        var found = await AssertFoundAsync(
            scenario => scenario with { Wrap = (number, instance) => number == 1 ? new HoardingInstance(instance) : instance },
            ReplacedValues.WhereAcknowledged, ReplacedValues.Elsewhere, Agreement.Rule);

        Assert.DoesNotContain(found, rule => rule is ReplacedValues.InRedis or KnownValues.Rule or OneFlight.Rule);
    }

    [Fact]
    public Task A_cache_that_does_not_delete_is_found_out() => AssertFoundAsync(
        scenario => scenario with { Wrap = (_, instance) => new ForgetfulInstance(instance) },
        ReplacedValues.WhereAcknowledged, ReplacedValues.InRedis);

    [Fact]
    public async Task A_protocol_whose_messages_drop_nothing_is_found_out()
    {
        var rules = HistorySettings.Without(nameof(ProtocolRules.MessagesDrop));
        var found = await AssertFoundAsync(scenario => scenario with { Levels = "two-level", WovenApplications = 0, Rules = rules }, ReplacedValues.Elsewhere);

        Assert.DoesNotContain(found, rule => rule is ReplacedValues.InRedis or KnownValues.Rule or OneFlight.Rule);
    }

    /// <summary>Runs seed after seed until each of these rules was broken: what one run shows depends on how the machine interleaves it.</summary>
    /// <returns>All rules that were.</returns>
    private async Task<IReadOnlySet<string>> AssertFoundAsync(Func<HistoryScenario, HistoryScenario> change, params string[] rules)
    {
        const int MostRuns = 20;
        var found = new HashSet<string>();
        for (var seed = 1; seed <= MostRuns && !found.IsSupersetOf(rules); seed++)
        {
            var scenario = change(await ShortAsync() with { Seed = seed });
            var violations = HistoryChecker.Check(await new HistoryRun(scenario).RunAsync(), scenario.Promises);
            found.UnionWith(violations.Select(violation => violation.Rule));
            output.WriteLine($"seed {seed}: {violations.Count} violations");
        }

        Assert.Superset(rules.ToHashSet(), found);
        return found;
    }

    private async Task AssertKeptAsync(ServerKind kind, string levels, double shareOfTime, TimeSpan? tombstoneLife = null)
    {
        foreach (var seed in HistorySettings.Seeds)
        {
            var promises = HistorySettings.LongAge ? OfLongAge : All;
            var scenario = new HistoryScenario
            {
                ServerUrl = await ServerPool.UrlAsync(kind),
                Seed = seed,
                Duration = HistorySettings.Duration * shareOfTime,
                Promises = promises,
                Levels = levels,
                Rules = (HistorySettings.Rules ?? ProtocolRules.All) with { TombstoneLife = tombstoneLife },

                // They keep the rules as they are, and all have to keep the same.
                WovenApplications = HistorySettings.Rules is null && tombstoneLife is null ? 2 : 0,
            };
            var run = new HistoryRun(scenario);
            output.WriteLine($"OXCACHE_TEST_HISTORY_SEED={seed}");
            var history = await run.RunAsync();
            output.WriteLine(HistoryReport.Summary(history));

            var violations = HistoryChecker.Check(history, promises);
            Assert.True(violations.Count == 0, $"With OXCACHE_TEST_HISTORY_SEED={seed}:\n{HistoryReport.Of(history, violations)}");
            Assert.DoesNotContain(run.Logs.Lines, line => line.Event == 31);
        }
    }

    /// <summary>A short run of a fleet past L1, without faults.</summary>
    private static async Task<HistoryScenario> ShortAsync() => new()
    {
        ServerUrl = await ServerPool.UrlAsync(),
        Seed = 1,
        Duration = TimeSpan.FromSeconds(1),
        Promises = All with { Recovery = TimeSpan.FromMilliseconds(500) },
        Levels = "l2",
        WithFaults = false,
    };
}
