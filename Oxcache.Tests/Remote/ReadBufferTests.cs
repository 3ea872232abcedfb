using System.Globalization;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Remote;

/// <summary>A large answer makes the client's read buffer grow, so that many small ones are read at once.</summary>
public sealed class ReadBufferTests
{
    private const int LargeAnswer = 8 * 1024;
    private const int Question = 26;

    private int _questions;

    [SkippableFact]
    public async Task Each_connection_gets_a_large_answer_when_it_is_made_and_when_it_is_made_anew()
    {
        var missing = RedisServer.Missing(ServerKind.Redis);
        Skip.If(missing is not null, $"Only redis-server tells what it has heard: {missing}.");
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        using var observer = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port}");
        var before = await HeardAsync(observer);
        await using var manager = await Caches.TwoLevel(server.Url).StartAsync();
        await Eventually.Async(async () => await HeardAsync(observer) - before >= LargeAnswer);

        before = await HeardAsync(observer);
        await observer.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "normal");

        await Eventually.Async(async () => await HeardAsync(observer) - before >= LargeAnswer);
    }

    /// <summary>How many bytes the server was sent, but for these questions.</summary>
    private async Task<long> HeardAsync(ConnectionMultiplexer observer)
    {
        _questions++;
        var stats = (string?)await observer.GetDatabase().ExecuteAsync("INFO", "stats");
        return long.Parse(stats!.Split("total_net_input_bytes:")[1].Split('\r')[0], CultureInfo.InvariantCulture) - (_questions * Question);
    }
}
