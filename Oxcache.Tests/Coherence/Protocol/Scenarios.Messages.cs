using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>What messages do.</summary>
internal static partial class Scenarios
{
    private static IEnumerable<Scenario> Messages =>
    [
        new("Another instance's delete drops what L1 has",
            rules => rules with { MessagesDrop = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.OneHearsAsync(other => other.DeleteAsync("k").AsTask());
                Assert.Null(stage.InL1OfOne("k"));
            }),
        new("Another instance's set drops what L1 has",
            rules => rules with { MessagesDrop = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.OneHearsAsync(other => other.SetAsync("k", "new").AsTask());
                Assert.Equal("new", await stage.One.GetAsync<string>("k"));
            }),
        new("Another instance's clear drops what L1 has",
            rules => rules with { ClearsTell = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.Other.ClearAsync();
                await stage.EventuallyAsync(() => stage.InL1OfOne("k") is null);
            }),
        new("An entry in doubt is not put back when it was changed while its head was on the way",
            rules => rules with { MessagesOvertake = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.DeafenAsync();
                await stage.HearAgainAsync();
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
                var read = stage.One.GetAsync<string>("k").AsTask();
                await WaitingAsync(stage, stage.OneProxy, Direction.ToClient, "ox1");
                await stage.OneHearsAsync(other => other.SetAsync("k", "new").AsTask());
                stage.OneProxy.Heal();
                await read;
                Assert.Equal("new", await stage.One.GetAsync<string>("k"));
            }),
    ];
}
