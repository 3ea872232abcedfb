using System.Diagnostics;
using System.Globalization;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Tests.Servers;

namespace Oxcaching.Benchmarks.Recovery;

/// <summary>Callers who miss L1 all the time, while Redis is frozen again and again.</summary>
internal static class FrozenUnderLoad
{
    private const int Callers = 16;
    private const int TimeoutsToShut = 3;

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Thawed = TimeSpan.FromSeconds(2);

    /// <summary>A call that was answered at once takes far less, one that waited for an answer in vain takes it all.</summary>
    private static readonly TimeSpan Wait = Instances.CommandTimeout / 2;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("OXCACHE_BENCHMARK_FROZEN_SECONDS") ?? "18", CultureInfo.InvariantCulture));

    public static async Task RunAsync(ServerKind kind)
    {
        using var server = await RedisServer.StartAsync(kind);
        await using var instances = await Instances.StartAsync(server.Url);
        var openings = 0;
        instances.One.HealthChanged += (_, health) => Interlocked.Add(ref openings, health.State == HealthState.Degraded ? 1 : 0);
        using var stop = new CancellationTokenSource();
        var calls = Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(instances.One, caller, stop.Token))).ToList();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Duration)
        {
            server.Freeze();
            await Task.Delay(Frozen);
            server.Thaw();
            await Task.Delay(Thawed);
        }

        await stop.CancelAsync();
        var counts = await Task.WhenAll(calls);
        Report.Value("frozen_calls", counts.Sum(count => count.Calls));
        Report.Value("frozen_calls_that_waited", counts.Sum(count => count.Waited));
        Report.Value("frozen_openings", openings);
        Report.Value("frozen_calls_that_waited_limit", TimeoutsToShut * Callers * openings);
        Report.Value("frozen_longest_wait_ms", counts.Max(count => count.Longest.TotalMilliseconds));
    }

    private static async Task<(long Calls, long Waited, TimeSpan Longest)> CallAsync(ICacheClient client, int caller, CancellationToken stop)
    {
        var (calls, waited, longest) = (0L, 0L, TimeSpan.Zero);
        for (; !stop.IsCancellationRequested; calls++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.GetOrSetAsync($"{caller}:{calls}", _ => new ValueTask<long>(calls), ct: CancellationToken.None);
            var time = Stopwatch.GetElapsedTime(started);
            waited += time >= Wait ? 1 : 0;
            longest = time > longest ? time : longest;
        }

        return (calls, waited, longest);
    }
}
