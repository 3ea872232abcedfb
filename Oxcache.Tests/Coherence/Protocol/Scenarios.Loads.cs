using Oxcaching.Tests.Faults;

namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Loads against what others do meanwhile.</summary>
internal static partial class Scenarios
{
    private static IEnumerable<Scenario> Loads =>
    [
        new("A load that began before another instance's delete is not stored, though no message arrives",
            rules => rules with { BasePrecedesBody = false },
            async stage =>
            {
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Subscription);
                await stage.Other.DeleteAsync("k");
                await load.FinishAsync();
                await stage.SettledAsync();
                Assert.Null(await stage.InRedisAsync("k"));
            }),
        new("A value that L2 refused leaves L1 again, though no message arrives",
            rules => rules with { RefusedFillsLeave = false },
            async stage =>
            {
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Subscription);
                await stage.Other.DeleteAsync("k");
                await load.FinishAsync();
                await stage.SettledAsync();
                Assert.Null(stage.InL1OfOne("k"));
            }),
        new("A load that began before a delete was acknowledged is not stored after it",
            rules => rules with { WritesOvertakeAtEnd = false },
            async stage =>
            {
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
                var delete = stage.One.DeleteAsync("k").AsTask();
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                stage.OneProxy.Heal();
                await delete;
                await load.FinishAsync();
                Assert.Null(stage.InL1OfOne("k"));
            }),
        new("A call after a set that is only queued does not share a load that began before it",
            rules => rules with { WritesOvertakeAtStart = false },
            async stage =>
            {
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                stage.OneProxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Interactive);
                await stage.One.SetAsync("k", "new");
                var late = stage.One.GetOrSetAsync("k", _ => new ValueTask<string>("new")).AsTask();
                await load.FinishAsync();
                Assert.Equal("new", await late);
            }) { Configure = service => service.TwoLevel.WriteThrough = false },
        new("A call after another instance's delete does not share a load that began before it",
            rules => rules with { MessagesOvertake = false },
            async stage =>
            {
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                await stage.OneHearsAsync(other => other.DeleteAsync("k").AsTask());
                var late = stage.One.GetOrSetAsync("k", _ => new ValueTask<string>("new")).AsTask();
                await load.FinishAsync();
                Assert.Equal("new", await late);
            }),
        new("A call after a gap does not share a load that began before it",
            rules => rules with { GapsOvertake = false },
            async stage =>
            {
                var load = stage.BeginLoad(stage.One, "k", "old");
                await load.BodyRuns;
                await stage.DeafenAsync();
                await stage.Other.DeleteAsync("k");
                await stage.HearAgainAsync();
                var late = stage.One.GetOrSetAsync("k", _ => new ValueTask<string>("new")).AsTask();
                await load.FinishAsync();
                Assert.Equal("new", await late);
            }),
        new("A read whose answer is late does not put back what another instance has deleted",
            rules => rules with { MessagesOvertake = false },
            async stage =>
            {
                await stage.Other.SetAsync("k", "old");
                await stage.SettledAsync();
                stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
                var read = stage.One.GetAsync<string>("k").AsTask();
                await WaitingAsync(stage, stage.OneProxy, Direction.ToClient, "old");
                await stage.OneHearsAsync(other => other.DeleteAsync("k").AsTask());
                stage.OneProxy.Heal();
                await read;
                Assert.Null(stage.InL1OfOne("k"));
            }),
        new("A load that took its lease after a clear had looked for leases is not stored",
            rules => rules with { ClearsTell = false },
            async stage =>
            {
                const string AnswerOfScan = "*2\r\n$1\r\n0\r\n*";
                stage.OtherProxy.Apply(Fault.HoldFrom(AnswerOfScan), Direction.ToClient, ConnectionKind.Interactive);
                var clear = stage.Other.ClearAsync().AsTask();
                await WaitingAsync(stage, stage.OtherProxy, Direction.ToClient, AnswerOfScan);
                var load = stage.BeginLoad(stage.One, "late", "old");
                await load.BodyRuns;
                stage.OtherProxy.Heal();
                await stage.OneHearsAsync(_ => clear);
                await load.FinishAsync();
                await stage.SettledAsync();
                Assert.Null(await stage.InRedisAsync("late"));
            }),
    ];
}
