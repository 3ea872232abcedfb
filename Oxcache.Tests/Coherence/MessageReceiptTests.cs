using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Oxcaching.Coherence;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Coherence;

/// <summary>What an instance makes of single messages.</summary>
[Collection(Undisturbed.Name)]
public sealed class MessageReceiptTests
{
    private const byte Changed = 1;

    [SkippableTheory]
    [EachServer]
    public async Task Its_own_messages_are_no_news_to_an_instance(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        var prefix = Caches.NewPrefix();
        await using var one = await Caches.TwoLevel(url, prefix).StartAsync();
        await using var other = await Caches.TwoLevel(url, prefix).StartAsync();
        var message = await OverhearAsync(url, one, () => one.Things().SetAsync("k", "first").AsTask());
        await one.Things().SetAsync("k", "second");
        await KeepAsync(other);

        ChannelOf(one).OnMessage(message);
        Assert.True(one.Things().GetAsync<string>("k").IsCompletedSuccessfully);
        ChannelOf(other).OnMessage(message);
        Assert.False(other.Things().GetAsync<string>("k").IsCompletedSuccessfully);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_message_about_the_record_that_L1_has_drops_nothing(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        var prefix = Caches.NewPrefix();
        await using var one = await Caches.TwoLevel(url, prefix).StartAsync();
        await using var other = await Caches.TwoLevel(url, prefix).StartAsync();
        var message = await OverhearAsync(url, one, () => one.Things().SetAsync("k", "v").AsTask());
        await KeepAsync(other);

        ChannelOf(other).OnMessage(message);
        Assert.True(other.Things().GetAsync<string>("k").IsCompletedSuccessfully);
    }

    [SkippableTheory]
    [EachServer]
    public async Task What_is_no_message_is_ignored_and_counted(ServerKind kind)
    {
        await using var manager = await Caches.TwoLevel(await ServerPool.UrlAsync(kind)).StartAsync();
        using var listener = new MeterListener();
        var ignored = 0L;
        listener.InstrumentPublished = (instrument, itself) =>
        {
            if (instrument.Name == "oxcache.coherence.ignored_messages")
            {
                itself.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref ignored, count));
        listener.Start();
        await manager.Things().SetL1OnlyAsync("k", "v");
        byte[][] garbage = [[], [1], "hello"u8.ToArray(), new byte[1000], [2, .. new byte[77]]];
        Array.ForEach(garbage, ChannelOf(manager).OnMessage);

        Assert.Equal(garbage.Length, ignored);
        Assert.Equal("v", await manager.Things().GetAsync<string>("k"));
    }

    private static InvalidationChannel ChannelOf(CacheManager manager) => manager.Parts[0].Channel!;

    /// <summary>Reads until L1 has it: a message about the key that comes during a read keeps the value out.</summary>
    private static Task KeepAsync(CacheManager manager) => Eventually.Async(async () =>
    {
        var read = manager.Things().GetAsync<string>("k");
        var isHit = read.IsCompletedSuccessfully;
        await read;
        return isHit;
    });

    /// <summary>The message that goes out when something is changed.</summary>
    private static async Task<byte[]> OverhearAsync(string url, CacheManager manager, Func<Task> change)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(url["redis://".Length..]);
        var heard = new ConcurrentQueue<byte[]>();
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(manager.Parts[0].Settings.Remote!.Channel), (_, message) => heard.Enqueue(message!));
        await change();
        await Eventually.Is(() => heard.Any(message => message[1] == Changed));
        return heard.First(message => message[1] == Changed);
    }
}
