using System.Globalization;
using Oxcaching.Tests.Coherence;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Tests.Chaos;

/// <summary>A redis-server that is full and evicts whatever it likes: values, and the leases and tombstones that keep stale values out.</summary>
public sealed class EvictionTests
{
    private const int Room = 4 << 20;
    private const int Keys = 30;

    [SkippableFact]
    public async Task Loads_whose_leases_and_tombstones_were_evicted_are_stored_nowhere()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var fleet = await Fleet.StartAsync(server.Url);
        await LimitMemoryAsync(server.Port);
        var loads = Enumerable.Range(0, Keys).ToDictionary(number => $"k{number}", number => fleet.BeginLoad($"k{number}", "old"));
        foreach (var load in loads.Values)
        {
            await load.BodyRuns;
        }

        // Of one half the lease goes, and of the other the tombstone in its place.
        foreach (var key in loads.Keys.Take(Keys / 2))
        {
            await fleet.Other.DeleteAsync(key);
        }

        await CrowdOutAsync(server.Port, loads.Keys.Select(fleet.RedisKey));
        foreach (var key in loads.Keys.Skip(Keys / 2))
        {
            await fleet.Other.DeleteAsync(key);
        }

        await CrowdOutAsync(server.Port, loads.Keys.Select(fleet.RedisKey));
        foreach (var load in loads.Values)
        {
            Assert.Equal("old", await load.FinishAsync());
        }

        foreach (var key in loads.Keys)
        {
            await fleet.AssertNowhereAsync(key);
        }
    }

    private static async Task LimitMemoryAsync(int port)
    {
        var info = (string)(await RedisConsole.AskAsync(port, "INFO", "memory"))!;
        var used = long.Parse(info.Split("used_memory:")[1].Split('\r')[0], CultureInfo.InvariantCulture);
        await RedisConsole.AskAsync(port, "CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        await RedisConsole.AskAsync(port, "CONFIG", "SET", "maxmemory", (used + Room).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes so much else that nothing of these is left.</summary>
    private static async Task CrowdOutAsync(int port, IEnumerable<string> redisKeys)
    {
        string[] look = ["EXISTS", .. redisKeys];
        const string Fill = "for i = 1, 500 do redis.call('SET', 'junk:' .. ARGV[1] .. ':' .. i, string.rep('x', 4000)) end";
        for (var times = 0; await RedisConsole.AskAsync(port, look) is > 0L; times++)
        {
            Assert.InRange(times, 0, 200);
            await RedisConsole.AskAsync(port, "EVAL", Fill, "0", Guid.NewGuid().ToString("N"));
        }
    }
}
