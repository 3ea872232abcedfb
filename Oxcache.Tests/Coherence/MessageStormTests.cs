using System.Diagnostics;
using Oxcaching.Local;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Coherence;

/// <summary>A hundred thousand messages at once, of strangers and of nobody.</summary>
[Collection(Undisturbed.Name)]
public sealed class MessageStormTests(ITestOutputHelper output)
{
    private const int Messages = 100_000;
    private const int Peers = 20;
    private const int Entries = 5000;

    [SkippableTheory]
    [EachServer]
    public async Task It_neither_grows_memory_nor_delays_hits(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        await using var manager = await Caches.TwoLevel(url).StartAsync();
        var (things, channel) = (manager.Things(), manager.Parts[0].Channel!);
        for (var i = 0; i < Entries; i++)
        {
            await things.SetL1OnlyAsync($"mine {i}", "value");
        }

        using var redis = await ConnectionMultiplexer.ConnectAsync(url["redis://".Length..]);
        var storm = NewStorm(manager.Parts[0].Settings.Remote!.Channel);
        await storm(redis, 1000);
        await Eventually.Is(() => channel.Handled >= 500);
        var before = await HitsAsync(things, Task.Delay(TimeSpan.FromSeconds(1)));
        var (memoryBefore, handledBefore) = (GC.GetTotalMemory(forceFullCollection: true), channel.Handled);

        var watch = Stopwatch.StartNew();
        var publishing = Task.Run(() => storm(redis, Messages));
        var during = await HitsAsync(things, publishing);
        await Eventually.Is(() => channel.Handled >= handledBefore + (Messages / 2));
        var elapsed = watch.Elapsed;
        var grown = GC.GetTotalMemory(forceFullCollection: true) - memoryBefore;

        output.WriteLine($"{Messages} messages in {elapsed.TotalMilliseconds:0} ms; p99 of a hit {before.TotalMicroseconds:0.0} µs before, {during.TotalMicroseconds:0.0} µs during; memory {grown / 1024} KiB more");
        Assert.InRange(grown, long.MinValue, 4 << 20);
        Assert.InRange(during, TimeSpan.Zero, before + TimeSpan.FromMilliseconds(1));
        Assert.True((await things.TryGetAsync<string>("mine 0")).Found);
    }

    /// <summary>Every second one is of some key and some instance, the others are nothing at all.</summary>
    private static Func<ConnectionMultiplexer, int, Task> NewStorm(string channel)
    {
        var random = new Random(1);
        var peers = Enumerable.Range(0, Peers).Select(_ => (ulong)random.NextInt64()).ToArray();
        return async (redis, count) =>
        {
            var subscriber = redis.GetSubscriber();
            for (var i = 0; i < count; i++)
            {
                var message = i % 2 == 0 ? Changed(peers[i % Peers], random) : Garbage(random);
                await subscriber.PublishAsync(RedisChannel.Literal(channel), message, i % 500 == 0 ? CommandFlags.None : CommandFlags.FireAndForget);
            }

            await subscriber.PublishAsync(RedisChannel.Literal(channel), "the end");
        };
    }

    private static byte[] Changed(ulong peer, Random random)
    {
        var record = new RecordId(1_700_000_000_000_000 + random.Next(), (ulong)random.NextInt64());
        return RemoteMessage.About(MessageKind.Changed, peer, 1, record, RemoteKey.For("p:s:", $"theirs {random.Next()}"));
    }

    private static byte[] Garbage(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Hits until the task is over; returns the 99th percentile.</summary>
    private static Task<TimeSpan> HitsAsync(ICacheClient things, Task until) => Task.Run(() =>
    {
        var times = new List<long>();
        for (var i = 0; !until.IsCompleted || times.Count < 1000; i++)
        {
            var key = $"mine {i % Entries}";
            var start = Stopwatch.GetTimestamp();
            var hit = things.GetAsync<string>(key);
            var end = Stopwatch.GetTimestamp();
            Assert.True(hit.IsCompletedSuccessfully);
            times.Add(end - start);
            if (i % 100 == 0)
            {
                Thread.Sleep(1);
            }
        }

        times.Sort();
        return Stopwatch.GetElapsedTime(0, times[times.Count * 99 / 100]);
    });
}
