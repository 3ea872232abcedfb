using Oxcaching.Tests.Servers;
using Xunit.Sdk;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Every rule of the protocol holds what it is there for, and is needed for it.</summary>
public sealed class ProtocolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Enough for what the rule brings about, and short, for without it there is nothing to wait for.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromSeconds(3);

    public static TheoryData<string, ServerKind> OnEachServer()
    {
        var data = new TheoryData<string, ServerKind>();
        foreach (var scenario in Scenarios.All)
        {
            foreach (var kind in Enum.GetValues<ServerKind>())
            {
                data.Add(scenario.Name, kind);
            }
        }

        return data;
    }

    public static TheoryData<string> Names() => [.. Scenarios.All.Select(scenario => scenario.Name)];

    [SkippableTheory]
    [MemberData(nameof(OnEachServer))]
    public async Task It_holds(string scenario, ServerKind kind)
    {
        var played = Scenarios.Named(scenario);
        await using var stage = await Stage.SetAsync(kind, played.Rules, Patience, played.Configure);
        await played.PlayAsync(stage);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_does_not_hold_without_its_rule(string scenario)
    {
        var played = Scenarios.Named(scenario);
        await using var stage = await Stage.SetAsync(ServerKind.Garnet, played.Without(played.Rules), Impatience, played.Configure);
        await Assert.ThrowsAnyAsync<XunitException>(() => played.PlayAsync(stage));
    }

    [Fact]
    public void Every_rule_has_a_scenario() => Assert.All(
        typeof(Oxcaching.Configuration.ProtocolRules).GetProperties().Where(rule => rule.PropertyType == typeof(bool)),
        rule => Assert.Contains(Scenarios.All, scenario => !(bool)rule.GetValue(scenario.Without(new()))!));
}
