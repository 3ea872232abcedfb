using System.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Remote;

/// <summary>Of two writes that waited, each with the error of its own instance's clock, the second to arrive is judged by both errors.</summary>
public sealed class DoubtTests
{
    private const string Key = "k";
    private const ulong AnotherInstance = 0xffffffff_00000000;

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

    private static async Task<RemoteWritten> SendAsync(StandingRecords cache, RemoteWrite write) =>
        (await cache.Remote.WriteAsync([write], yields: true)).Value![0]!.Value;
}
