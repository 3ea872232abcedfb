using Oxcaching.Tests.Faults;
using Oxcaching.Tests.History.Checking;

namespace Oxcaching.Tests.History.Running;

public sealed class RunPlanTests
{
    private const int Instances = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_same_seed_makes_the_same_rounds_and_another_makes_others()
    {
        Assert.Equal(Text(Make(7)), Text(Make(7)));
        Assert.NotEqual(Text(Make(7)), Text(Make(8)));
    }

    [Fact]
    public void Rounds_fill_the_time_and_do_not_outlast_it_by_more_than_one() =>
        Assert.All(Enumerable.Range(0, 100), seed =>
        {
            var rounds = Make(seed);
            Assert.True(rounds.Sum(round => round.Duration.TotalSeconds) >= Duration.TotalSeconds - 2);
            Assert.True(rounds.SkipLast(1).Sum(round => round.Duration.TotalSeconds) < Duration.TotalSeconds);
        });

    [Fact]
    public void Faults_of_an_instance_come_one_after_another_and_within_their_round() =>
        Assert.All(Enumerable.Range(0, 100).SelectMany(Make), round =>
            Assert.All(round.Faults.GroupBy(fault => fault.Instance), own =>
            {
                Assert.InRange(own.Key, 0, Instances - 1);
                Assert.All(own, fault => Assert.True(fault.At + fault.Lasts <= round.FaultTime));
                Assert.All(own.Zip(own.Skip(1)), pair => Assert.True(pair.First.At + pair.First.Lasts < pair.Second.At));
            }));

    [Fact]
    public void Every_kind_of_fault_comes_up_in_a_few_seeds()
    {
        var faults = Enumerable.Range(0, 5).SelectMany(Make).SelectMany(round => round.Faults).ToList();

        Assert.Equal(5, faults.Select(fault => fault.Fault?.Kind).Distinct().Count());
        Assert.Contains(faults, fault => fault is { Fault: null, Refuses: true });
        Assert.Contains(faults, fault => fault is { Fault: null, Refuses: false });
        Assert.Contains(faults, fault => fault.Restarts);
        Assert.Contains(Enumerable.Range(0, 5).SelectMany(Make), IsOutage);
        Assert.Equal([Direction.ToServer, Direction.ToClient], faults.Select(fault => fault.SlowLine).OfType<Direction>().Distinct().Order());
    }

    [Fact]
    public void Without_faults_there_are_none() => Assert.All(RunPlan.Make(1, Duration, Instances, withFaults: false, new Promises()), round => Assert.Empty(round.Faults));

    private static IReadOnlyList<RunRound> Make(int seed) => RunPlan.Make(seed, Duration, Instances, withFaults: true, new Promises());

    private static bool IsOutage(RunRound round) =>
        round.Faults.Count == Instances && round.Faults.All(fault => fault is { Refuses: true, Connections: ConnectionKind.Any } && fault.At == round.Faults[0].At);

    private static string Text(IReadOnlyList<RunRound> rounds) =>
        string.Join('\n', rounds.Select(round => $"{round with { Faults = [] }} {string.Join(", ", round.Faults)}"));
}
