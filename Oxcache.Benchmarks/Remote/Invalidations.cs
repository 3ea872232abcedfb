using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>How soon a delete of one instance is seen on another, beside a message by StackExchange.Redis alone; in turns, on the same server.</summary>
internal sealed class Invalidations
{
    private const int Warmups = 200;
    private const int Times = 2000;

    /// <summary>The milliseconds from each delete's acknowledgement until it was seen, the shortest possible being none.</summary>
    public List<double> AfterAcknowledgement { get; } = [];

    /// <summary>The milliseconds from the call of each delete until it was seen.</summary>
    public List<double> AfterCall { get; } = [];

    /// <summary>The milliseconds from the call of each PUBLISH until its message was heard.</summary>
    public List<double> Published { get; } = [];

    public async Task MeasureAsync(string url)
    {
        await using var one = await StartAsync(url);
        await using var other = await StartAsync(url);
        var endPoint = url["redis://".Length..];
        await using var publisher = await ConnectionMultiplexer.ConnectAsync(endPoint);
        await using var subscriber = await ConnectionMultiplexer.ConnectAsync(endPoint);
        var channel = RedisChannel.Literal("by-hand");
        var heard = 0;
        await subscriber.GetSubscriber().SubscribeAsync(channel, (_, _) => Interlocked.Increment(ref heard));
        var (writer, reader) = (one.GetClient("shared"), other.GetClient("shared"));
        for (var i = -Warmups; i < Times; i++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"key_{i}");
            await writer.SetAsync(key, i);
            await reader.GetAsync<int>(key);
            var called = Stopwatch.GetTimestamp();
            await writer.DeleteAsync(key);
            var acknowledged = Stopwatch.GetTimestamp();
            await MissAsync(reader, key);
            var seen = Stopwatch.GetTimestamp();

            // Looked for as a delete is: again and again.
            var before = Volatile.Read(ref heard);
            var publishing = Stopwatch.GetTimestamp();
            await publisher.GetSubscriber().PublishAsync(channel, key);
            while (Volatile.Read(ref heard) == before)
            {
                await Task.Yield();
            }

            var published = Stopwatch.GetElapsedTime(publishing);
            if (i >= 0)
            {
                AfterAcknowledgement.Add(Stopwatch.GetElapsedTime(acknowledged, seen).TotalMilliseconds);
                AfterCall.Add(Stopwatch.GetElapsedTime(called, seen).TotalMilliseconds);
                Published.Add(published.TotalMilliseconds);
            }
        }
    }

    private static async Task MissAsync(ICacheClient client, string key)
    {
        while ((await client.TryGetAsync<int>(key)).Found)
        {
            await Task.Yield();
        }
    }

    private static async Task<CacheManager> StartAsync(string url)
    {
        var manager = new CacheManager(new OxcacheOptions { Services = { ["shared"] = Rig.Service(url, CacheType.TwoLevel) } });
        await manager.WaitForConnectionAsync();
        return manager;
    }
}
