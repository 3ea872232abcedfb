using System.Diagnostics;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>How long after its acknowledgement on one instance a delete is seen on another.</summary>
internal static class Invalidations
{
    private const int Warmups = 200;
    private const int Times = 2000;

    /// <summary>The milliseconds of each, the shortest possible being none.</summary>
    public static async Task<double[]> MeasureAsync(string url)
    {
        await using var one = await StartAsync(url);
        await using var other = await StartAsync(url);
        var (writer, reader) = (one.GetClient("shared"), other.GetClient("shared"));
        var times = new double[Times];
        for (var i = -Warmups; i < Times; i++)
        {
            var key = $"key_{i}";
            await writer.SetAsync(key, i);
            await reader.GetAsync<int>(key);
            await writer.DeleteAsync(key);
            var acknowledged = Stopwatch.GetTimestamp();
            await MissAsync(reader, key);
            times[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(acknowledged).TotalMilliseconds;
        }

        return times;
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
