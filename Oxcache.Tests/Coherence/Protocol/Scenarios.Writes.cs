using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Writes against each other.</summary>
internal static partial class Scenarios
{
    private static IEnumerable<Scenario> Writes =>
    [
        new("A set that Redis gets only after it was given up changes nothing",
            rules => rules with { LateWritesChangeNothing = false },
            async stage =>
            {
                stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);
                await stage.One.SetAsync("k", "given up");
                await stage.Other.SetAsync("k", "new");
                stage.OneProxy.Heal();
                await stage.EventuallyAsync(async () => await stage.One.GetAsync<string>("k") == "new");
                await stage.SettledAsync();
                Assert.Equal("new", await stage.InRedisAsync("k"));
            }) { Configure = service => service.L2.CommandTimeout = TimeSpan.FromSeconds(1) },
        new("A set whose answer comes after another instance's set leaves nothing in L1",
            rules => rules with { OvertakenWritesLeave = false },
            async stage =>
            {
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
                var set = stage.One.SetAsync("k", "first").AsTask();
                await WaitingAsync(stage, stage.OneProxy, Direction.ToClient, "$18\r\nS");
                await stage.OneHearsAsync(other => other.SetAsync("k", "second").AsTask());
                stage.OneProxy.Heal();
                await set;
                Assert.Equal("second", await stage.One.GetAsync<string>("k"));
            }),
        new("A set of L2 alone drops what L1 has",
            rules => rules with { RemoteSetsDropLocal = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                await stage.One.SetL2OnlyAsync("k", "new");
                Assert.Equal("new", await stage.One.GetAsync<string>("k"));
            }),
        new("A key with a queued write is read from it",
            rules => rules with { PendingWritesAnswer = false },
            async stage =>
            {
                stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);
                await stage.One.SetAsync("k", "queued");
                Assert.Equal("queued", await stage.One.GetAsync<string>("k"));
            }) { Configure = service => service.TwoLevel.WriteThrough = false },
        new("A queued write does not undo what another instance wrote after it was called",
            rules => rules with { QueuedWritesYield = false },
            async stage =>
            {
                stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);
                await stage.One.SetAsync("k", "queued");
                await LaterAsync();
                await stage.OneHearsAsync(other => other.SetAsync("k", "newer").AsTask());
                stage.OneProxy.Heal();
                await stage.SettledAsync();
                Assert.Equal("newer", await stage.InRedisAsync("k"));
            }) { Configure = service => service.TwoLevel.WriteThrough = false },
        new("A delete that a failover lost is made good",
            rules => rules with { FailoversReassert = false },
            async stage =>
            {
                await stage.One.SetAsync("k", "old");
                var record = await stage.RecordAsync("k");
                await stage.One.DeleteAsync("k");
                await stage.PutBackAsync("k", record);
                stage.OneProxy.Cut();
                await stage.EventuallyAsync(async () => await stage.InRedisAsync("k") is null);
            }),
    ];
}
