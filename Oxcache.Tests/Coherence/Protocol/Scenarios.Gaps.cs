using Oxcaching.Configuration;
using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Messages that do not arrive.</summary>
internal static partial class Scenarios
{
    private static IEnumerable<Scenario> Gaps =>
    [
        new("What was in L1 before a gap is not served without a look at L2",
            rules => rules with { GapsDoubt = false },
            MissASetAsync),
        new("What was in L1 before a gap is served again only if it is what stands in L2",
            rules => rules with { DoubtComparesHeads = false },
            MissASetAsync),
        new("A subscription that broke and came back is a gap",
            rules => rules with { ReconnectIsGap = false },
            MissASetAsync),
        new("What was stored between the break of a subscription and its return is in doubt, too",
            rules => rules with { GapsWaitForEcho = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                var epoch = stage.OneEpoch;
                stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Subscription);
                stage.OneProxy.Cut(ConnectionKind.Subscription);
                await stage.EventuallyAsync(() => stage.OneProxy.Count(ConnectionKind.Subscription) > 0 && (!stage.OneUp || stage.OneEpoch >= epoch + 2));
                await stage.One.GetAsync<string>("k");
                await stage.Other.SetAsync("k", "new");
                await stage.HearAgainAsync();
                Assert.Equal("new", await stage.One.GetAsync<string>("k"));
            }),
        new("Messages that a peer announced and that did not arrive are a gap",
            rules => rules with { MissingMessagesAreGap = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.OneHearsAsync(other => other.SetAsync("another", "x").AsTask());

                // Two heartbeats at least: messages are counted from the second on.
                await stage.OneHearsAsync(_ => Task.CompletedTask);
                await stage.OneHearsAsync(_ => Task.CompletedTask);
                var connections = stage.OneProxy.AcceptedCount;
                await stage.DeafenAsync();
                await stage.Other.SetAsync("k", "new");
                stage.OneProxy.Heal();
                await stage.EventuallyAsync(() => stage.OneProxy.AcceptedCount > connections);
                await stage.EventuallyAsync(async () => await stage.One.GetAsync<string>("k") != "old");
            }) { Configure = QuickHeartbeats, Rules = ProtocolRules.All with { ReconnectIsGap = false, SilenceIsGap = false } },
        new("A subscription that is dead without breaking is found out",
            rules => rules with { SilenceIsGap = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                stage.OneProxy.Apply(Fault.BlackHole, Direction.ToClient, ConnectionKind.Subscription);
                await stage.Other.SetAsync("k", "new");
                await stage.EventuallyAsync(async () => await stage.One.GetAsync<string>("k") != "old");
            }) { Configure = QuickHeartbeats },
        new("While messages do not arrive L1 serves nothing longer than coherence_max_age",
            rules => rules with { SilenceCapsAge = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.DeafenAsync();
                await stage.Other.SetAsync("k", "new");
                await stage.EventuallyAsync(async () => await stage.One.GetAsync<string>("k") != "old");
            }) { Configure = QuickHeartbeats },
    ];

    private static void QuickHeartbeats(ServiceOptions service) => service.CoherenceMaxAge = TimeSpan.FromSeconds(2);

    private static async Task MissASetAsync(Stage stage)
    {
        await stage.One.SetAsync("k", "old");
        await stage.DeafenAsync();
        await stage.Other.SetAsync("k", "new");
        await stage.HearAgainAsync();
        Assert.Equal("new", await stage.One.GetAsync<string>("k"));
    }
}
