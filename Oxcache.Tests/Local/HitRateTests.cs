using Oxcaching.Benchmarks.HitRates;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Local;

/// <summary>What the "tinylfu" engine is for: more hits than recency alone gives, and none lost where recency is right.</summary>
public sealed class HitRateTests
{
    private const int Repetitions = 12;

    public static TheoryData<string, double> Generated => new()
    {
        { "zipf", 58.5 },
        { "zipf+scan", 46 },
        { "loop7500", 57 },
        { "phase-shift", 53.5 },
    };

    public static TheoryData<string, int, double> Published => new()
    {
        { "gli", 1000, 48.7 },
        { "loop", 512, 42.2 },
        { "multi3", 2000, 60.2 },
        { "cs", 800, 42.6 },
        { "web07", 4000, 60.3 },
        { "web12", 3000, 76.6 },
    };

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_workloads_hit_as_often_as_they_should(string name, double floor)
    {
        var trace = GeneratedTraces.All.First(trace => trace.Name == name);
        Assert.InRange(Replay.HitRate(trace, GeneratedTraces.Capacity, EvictionPolicy.TinyLfu), floor, 100);
    }

    /// <summary>The mean of some runs: keys and the hash of a process fall as they fall, and the short traces feel it.</summary>
    [SkippableTheory]
    [MemberData(nameof(Published))]
    public void Published_traces_hit_as_often_as_they_should(string name, int capacity, double floor)
    {
        var folder = TestData.FindShared("traces");
        Skip.If(folder is null, "This machine has no shared traces.");
        var trace = Trace.Read(Path.Combine(folder!, $"{name}.gz"));
        var mean = Enumerable.Range(0, Repetitions).Average(run => Replay.HitRate(trace, capacity, EvictionPolicy.TinyLfu, run));
        Assert.InRange(mean, floor, 100);
    }
}
