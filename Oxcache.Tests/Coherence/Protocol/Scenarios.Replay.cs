namespace Oxcaching.Tests.Coherence.Protocol;

/// <summary>Writes that waited against what others wrote meanwhile.</summary>
internal static partial class Scenarios
{
    /// <summary>By how much an instance takes the clock for another than it is; far more than a scenario lasts, and than a tombstone lives.</summary>
    private static readonly TimeSpan Misled = TimeSpan.FromSeconds(60);

    private static IEnumerable<Scenario> Replay =>
    [
        new("A write that waited does not undo what another instance wrote after it was called",
            rules => rules with { WritesKeepTheirTime = false },
            async stage =>
            {
                await stage.CutOffAsync();
                await stage.One.SetAsync("k", "earlier");
                await LaterAsync();
                await stage.Other.SetAsync("k", "later");
                await stage.ReplayAsync();
                Assert.Equal("later", await stage.InRedisAsync("k"));
            }),
        new("A set that waited is not stored where another instance's later clear found nothing",
            rules => rules with { ClearsLeaveMark = false },
            async stage =>
            {
                await stage.CutOffAsync();
                await stage.One.SetAsync("k", "earlier");
                await LaterAsync();
                await stage.Other.ClearAsync();
                await stage.ReplayAsync();
                Assert.Null(await stage.InRedisAsync("k"));
            }),
        new("A delete that waited ends an earlier value, though its instance thought that it was the later one",
            rules => rules with { ClocksAreDoubted = false },
            async stage =>
            {
                await stage.CutOffAsync();
                stage.Mislead(-Misled);
                await stage.Other.SetAsync("k", "earlier");
                await stage.One.DeleteAsync("k");
                await stage.RestartOneAsync();
                await stage.ReplayAsync();
                Assert.Null(await stage.InRedisAsync("k"));
            }),
        new("A set that waited does not undo a later one, though its instance thought that it was the earlier one",
            rules => rules with { DoubtLeavesTombstone = false },
            async stage =>
            {
                await stage.CutOffAsync();
                stage.Mislead(Misled);
                await stage.One.SetAsync("k", "earlier");
                await stage.Other.SetAsync("k", "later");
                await stage.RestartOneAsync();
                await stage.ReplayAsync();
                Assert.NotEqual("earlier", await stage.InRedisAsync("k"));
            }),
        new("A set that waited for longer than a tombstone lives is not stored where nothing stands",
            rules => rules with { AbsenceIsDoubted = false },
            async stage =>
            {
                await stage.CutOffAsync();
                stage.Mislead(-Misled);
                await stage.One.SetAsync("k", "earlier");
                await stage.Other.DeleteAsync("k");
                await stage.ExpireAsync("k");
                await stage.RestartOneAsync();
                await stage.ReplayAsync();
                Assert.Null(await stage.InRedisAsync("k"));
            }),
    ];

    /// <summary>Long enough for the clocks of the two to tell which was called first.</summary>
    private static Task LaterAsync() => Task.Delay(TimeSpan.FromMilliseconds(100));
}
