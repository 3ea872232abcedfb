using System.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Remote;

/// <summary>After a failover, what an instance wrote shortly before ends what is older; it must not end what is newer.</summary>
public sealed class ReassertionTests
{
    private const string Key = "k";

    [SkippableTheory]
    [EachServer]
    public async Task What_the_same_instance_wrote_later_stays_however_soon_after(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        for (var i = 0; i < 50; i++)
        {
            await cache.Things.SetAsync(Key, "earlier");
            var earlier = await cache.HeadAsync(Key);
            await cache.Things.SetAsync(Key, "later");
            await cache.Remote.ReassertAsync(Key, earlier);
            Assert.Equal("later", await cache.ReadAfreshAsync(Key));
        }
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_the_same_instance_wrote_earlier_goes(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        await cache.Things.SetAsync(Key, "earlier");
        var lost = await cache.Database.StringGetAsync(cache.RedisKey(Key));
        await cache.Things.DeleteAsync(Key);
        var delete = await cache.HeadAsync(Key);
        await cache.Database.StringSetAsync(cache.RedisKey(Key), lost);

        await cache.Remote.ReassertAsync(Key, delete);
        Assert.Null(await cache.ReadAfreshAsync(Key));
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_was_called_after_it_is_replayed_over_it(ServerKind kind)
    {
        await using var cache = await StandingRecords.StartAsync(kind);
        await cache.Things.SetAsync(Key, "lost");
        var lost = await cache.HeadAsync(Key);
        var replayed = NewSet(cache, "replayed");
        await cache.Database.KeyDeleteAsync(cache.RedisKey(Key));
        await cache.Remote.ReassertAsync(Key, lost);

        var written = (await cache.Remote.WriteAsync([replayed], yields: true)).Value![0]!.Value;
        Assert.Equal(ScriptOutcome.Stored, written.Outcome);
        Assert.Equal("replayed", await cache.ReadAfreshAsync(Key));
    }

    /// <summary>A set that was called now, and that others may have written over by the time it is sent.</summary>
    private static RemoteWrite NewSet(StandingRecords cache, string value)
    {
        var key = cache.Remote.KeyOf(Key);
        var called = cache.Remote.ClockOf(key).Call(Stopwatch.GetTimestamp())!.Value;
        return new RemoteWrite
        {
            Key = key,
            Nonce = cache.Remote.NextNonce(),
            Envelope = cache.Remote.Encode(key, value),
            Stamp = called.Micros,
            StampError = called.Error,
            Expiry = called.Micros + 60_000_000,
        };
    }
}
