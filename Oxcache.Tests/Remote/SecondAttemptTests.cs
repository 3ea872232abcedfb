using System.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Remote;

/// <summary>A write whose answer was lost is sent again, and finds what it has done.</summary>
public sealed class SecondAttemptTests
{
    private const string Key = "k";

    /// <summary>By how much the estimate of Redis's clock is ahead: such a time is not stored as it is.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(300);

    [SkippableTheory]
    [EachServer]
    public async Task A_set_that_has_arrived_is_not_stored_again(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var set = NewSet(cache);
        var first = await SendAsync(cache, set);

        await UntilPastAsync(cache, set);
        Assert.Equal((ScriptOutcome.Stored, first.Head), await SendAsync(cache, set));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_set_that_has_left_a_tombstone_in_doubt_leaves_it_there(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        var another = NewSet(cache) with { Nonce = 0xffffffff_00000001 };
        await SendAsync(cache, another);
        var set = NewSet(cache);
        var first = await SendAsync(cache, set);
        Assert.Equal(RecordKind.Tombstone, first.Head.Kind);

        await UntilPastAsync(cache, set);
        Assert.Equal(first.Head, (await SendAsync(cache, set)).Head);
        Assert.Null(await cache.ReadAfreshAsync(Key));
    }

    private static RemoteWrite NewSet(StandingRecords cache)
    {
        var key = cache.Remote.KeyOf(Key);
        var called = cache.Remote.ClockOf(key).Call(Stopwatch.GetTimestamp())!.Value;
        return new RemoteWrite
        {
            Key = key,
            Nonce = cache.Remote.NextNonce(),
            Envelope = cache.Remote.Encode(key, "v"),
            Stamp = called.Micros + (long)Ahead.TotalMicroseconds,
            StampError = (long)Ahead.TotalMicroseconds,
            Expiry = called.Micros + 60_000_000,
        };
    }

    private static async Task<(ScriptOutcome Outcome, Head Head)> SendAsync(StandingRecords cache, RemoteWrite write)
    {
        var written = (await cache.Remote.WriteAsync([write], yields: true)).Value![0]!.Value;
        return (written.Outcome, written.Head);
    }

    private static Task UntilPastAsync(StandingRecords cache, RemoteWrite write) =>
        Eventually.Is(() => cache.Remote.ClockOf(write.Key).Now > write.Stamp + 10_000);
}
