using System.Diagnostics;
using Oxcaching.Configuration;
using Oxcaching.Tests.Coherence.Protocol;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Coherence;

/// <summary>Entries that a gap has put in doubt, before a real server.</summary>
public sealed class DoubtedEntryTests
{
    private static readonly string Large = new('x', 100_000);

    [SkippableTheory]
    [EachServer]
    public async Task To_be_an_answer_again_it_costs_no_more_than_its_head(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.One.SetAsync("k", Large);
        await DoubtAsync(stage);
        stage.OneProxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);
        var read = stage.One.GetAsync<string>("k").AsTask();
        await stage.EventuallyAsync(() => stage.OneProxy.Waiting(Direction.ToClient, ConnectionKind.Interactive).Contains("ox1", StringComparison.Ordinal));

        Assert.InRange(stage.OneProxy.Waiting(Direction.ToClient, ConnectionKind.Interactive).Length, 78, 1000);
        stage.OneProxy.Heal();
        Assert.Equal(Large, await read);
    }

    [SkippableTheory]
    [EachServer]
    public async Task It_keeps_the_instance_that_was_cached_and_hits_again(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.One.SetAsync("k", Large);
        var before = await stage.One.GetAsync<string>("k");
        await DoubtAsync(stage);
        Assert.Null(stage.InL1OfOne("k"));

        Assert.Same(before, await stage.One.GetAsync<string>("k"));
        var hit = stage.One.GetAsync<string>("k");
        Assert.True(hit.IsCompletedSuccessfully);
        Assert.Same(before, await hit);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_load_takes_it_without_running_its_body(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.One.GetOrSetAsync("k", _ => new ValueTask<string>(Large));
        await stage.SettledAsync();
        var before = await stage.One.GetAsync<string>("k");
        await DoubtAsync(stage);

        Assert.Same(before, await stage.One.GetOrSetAsync<string>("k", _ => throw new InvalidOperationException("The body ran.")));
    }

    [SkippableTheory]
    [EachServer]
    public async Task One_that_was_read_from_L2_is_found_the_same_too(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.OneHearsAsync(other => other.SetAsync("k", Large).AsTask());
        var before = await stage.One.GetAsync<string>("k");
        await DoubtAsync(stage);

        Assert.Same(before, await stage.One.GetAsync<string>("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task One_of_L1_alone_is_a_miss(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.One.SetL1OnlyAsync("k", "v");
        await DoubtAsync(stage);

        Assert.False((await stage.One.TryGetAsync<string>("k")).Found);
    }

    [SkippableTheory]
    [EachServer]
    public async Task One_that_was_deleted_meanwhile_is_a_miss(ServerKind kind)
    {
        await using var stage = await SetAsync(kind);
        await stage.One.SetAsync("k", "v");
        await stage.DeafenAsync();
        await stage.Other.DeleteAsync("k");
        await stage.HearAgainAsync();

        Assert.False((await stage.One.TryGetAsync<string>("k")).Found);
        Assert.False(await stage.One.ExistsAsync("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task With_the_lru_engine_it_is_the_same(ServerKind kind)
    {
        await using var stage = await SetAsync(kind, service => service.L1.Eviction = EvictionPolicy.Lru);
        await stage.One.SetAsync("k", Large);
        var before = await stage.One.GetAsync<string>("k");
        await DoubtAsync(stage);

        Assert.Null(stage.InL1OfOne("k"));
        Assert.Same(before, await stage.One.GetAsync<string>("k"));
        Assert.Same(before, stage.InL1OfOne("k"));
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_is_stored_while_messages_do_not_arrive_gets_no_older_than_coherence_max_age(ServerKind kind)
    {
        var maxAge = TimeSpan.FromSeconds(2);
        await using var stage = await SetAsync(kind, service => service.CoherenceMaxAge = maxAge);
        await stage.Other.SetAsync("k", "old");
        await stage.DeafenAsync();
        await stage.EventuallyAsync(() => !stage.OneUp);
        Assert.Equal("old", await stage.One.GetAsync<string>("k"));
        var stored = Stopwatch.StartNew();
        await stage.Other.SetAsync("k", "new");
        await stage.EventuallyAsync(async () => await stage.One.GetAsync<string>("k") == "new");

        Assert.InRange(stored.Elapsed, maxAge * 0.7, maxAge * 1.5);
    }

    private static Task<Stage> SetAsync(ServerKind kind, Action<ServiceOptions>? configure = null) =>
        Stage.SetAsync(kind, ProtocolRules.All, TimeSpan.FromSeconds(20), configure);

    /// <summary>Messages do not arrive for a while.</summary>
    private static async Task DoubtAsync(Stage stage)
    {
        await stage.DeafenAsync();
        await stage.HearAgainAsync();
    }
}
