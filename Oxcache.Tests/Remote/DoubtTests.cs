using System.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Remote;

/// <summary>Of two writes that waited, each with the error of its own instance's clock, the second to arrive is judged by both errors.</summary>
public sealed class DoubtTests
{
    private const string Key = "k";
    private const ulong AnotherInstance = 0xffffffff_00000000;
    private const ulong ThirdInstance = 0xfffffffe_00000000;

    private static readonly TimeSpan Wide = TimeSpan.FromMilliseconds(300);

    [SkippableTheory]
    [EachServer]
    public async Task A_set_leaves_a_tombstone_where_what_stands_there_may_have_been_called_later(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        await SendAsync(cache, NewSet(cache, ago: 2 * Wide, error: Wide) with { Nonce = AnotherInstance + 1 });

        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, NewSet(cache, ago: 1.5 * Wide, error: TimeSpan.Zero))).Head.Kind);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_is_stored_where_what_stands_there_was_called_earlier_in_any_case(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        await SendAsync(cache, NewSet(cache, ago: 3 * Wide, error: Wide) with { Nonce = AnotherInstance + 1 });

        Assert.Equal(ScriptOutcome.Stored, (await SendAsync(cache, NewSet(cache, ago: 1.5 * Wide, error: TimeSpan.Zero))).Outcome);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_is_dropped_only_where_what_stands_there_was_called_later_in_any_case(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var set = NewSet(cache, ago: 5 * Wide, error: Wide);
        await SendAsync(cache, NewSet(cache, ago: 2 * Wide, error: Wide) with { Nonce = AnotherInstance + 1 });
        Assert.Equal(ScriptOutcome.Obsolete, (await SendAsync(cache, set)).Outcome);

        var near = NewSet(cache, ago: 3 * Wide, error: Wide);
        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, near)).Head.Kind);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_is_not_stored_over_a_delete_of_its_own_that_took_the_place_of_what_may_be_later_than_the_set(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var (delete, set) = (NewDelete(cache, ago: 0.8 * Wide, error: Wide), NewSet(cache, ago: 0.7 * Wide, error: Wide));
        await SendAsync(cache, NewDelete(cache, ago: Wide, error: TimeSpan.Zero) with { Nonce = AnotherInstance + 1 });
        await SendAsync(cache, delete);

        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, set)).Head.Kind);
    }

    [SkippableTheory]
    [EachServer]
    public async Task Nor_over_a_set_of_its_own_that_won_over_it_because_it_did_not_wait(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var (first, second) = (NewSet(cache, ago: 0.8 * Wide, error: Wide), NewSet(cache, ago: 0.7 * Wide, error: Wide));
        await SendAsync(cache, NewDelete(cache, ago: Wide, error: TimeSpan.Zero) with { Nonce = AnotherInstance + 1 });
        Assert.Equal(RecordKind.Value, (await SendAsync(cache, first, yields: false)).Head.Kind);

        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, second)).Head.Kind);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_is_stored_over_a_write_of_its_own_that_took_the_place_of_what_is_earlier_than_the_set_in_any_case(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var (delete, set) = (NewDelete(cache, ago: 2.9 * Wide, error: Wide), NewSet(cache, ago: 0.5 * Wide, error: Wide));
        await SendAsync(cache, NewDelete(cache, ago: 3 * Wide, error: TimeSpan.Zero) with { Nonce = AnotherInstance + 1 });
        await SendAsync(cache, delete);

        Assert.Equal(ScriptOutcome.Stored, (await SendAsync(cache, set)).Outcome);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_tombstone_in_doubt_stands_for_both_writes_before_a_third(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var (second, third) = (NewSet(cache, ago: 0.9 * Wide, error: TimeSpan.Zero), NewSet(cache, ago: 0.5 * Wide, error: TimeSpan.Zero));
        await SendAsync(cache, NewDelete(cache, ago: Wide, error: Wide) with { Nonce = AnotherInstance + 1 });
        await SendAsync(cache, second);

        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, third with { Nonce = ThirdInstance + 1 })).Head.Kind);
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_looks_later_than_a_lease_of_its_own_instance_may_be_earlier(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var set = NewSet(cache, ago: -0.5 * Wide, error: Wide);
        await cache.Remote.LeaseAsync(Key, TimeSpan.Zero, cache.Remote.NewDeadline(), CancellationToken.None);

        Assert.Equal(RecordKind.Tombstone, (await SendAsync(cache, set)).Head.Kind);
    }

    private static RemoteWrite NewSet(StandingRecords cache, TimeSpan ago, TimeSpan error)
    {
        var key = cache.Remote.KeyOf(Key);
        var now = cache.Remote.ClockOf(key).Call(Stopwatch.GetTimestamp())!.Value.Micros;
        return new RemoteWrite
        {
            Key = key,
            Nonce = cache.Remote.NextNonce(),
            Envelope = cache.Remote.Encode(key, "v"),
            Stamp = now - (long)ago.TotalMicroseconds,
            StampError = (long)error.TotalMicroseconds,
            Expiry = now + 60_000_000,
        };
    }

    private static RemoteWrite NewDelete(StandingRecords cache, TimeSpan ago, TimeSpan error) => NewSet(cache, ago, error) with { Envelope = null };

    private static async Task<RemoteWritten> SendAsync(StandingRecords cache, RemoteWrite write, bool yields = true) =>
        (await cache.Remote.WriteAsync([write], yields)).Value![0]!.Value;
}
