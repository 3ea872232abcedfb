using System.Diagnostics;
using System.Globalization;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Soak;

/// <summary>An application that lives through fault after fault. OXCACHE_TEST_SOAK_SECONDS says for how long.</summary>
public sealed class SoakTests(ITestOutputHelper output)
{
    private const int FewestFaults = 7;

    /// <summary>What the runtime may come to need in between: code that is compiled late, threads for a burst, another connection while one is given up.</summary>
    private const long MoreBytes = 8 << 20;
    private const int MoreHandles = 24;
    private const int MoreThreads = 20;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_SOAK_SECONDS") ?? "20", CultureInfo.InvariantCulture));

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task After_any_number_of_faults_it_needs_no_more_memory_handles_or_threads_than_before()
    {
        var folder = Directory.CreateTempSubdirectory("oxcache-soak");
        using var server = await ServerPool.StartOwnAsync(RedisServer.Missing(ServerKind.Redis) is null ? ServerKind.Redis : ServerKind.Garnet);
        await using var proxy = new TcpProxy(server.Url);
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", typeof(SoakProgram).Assembly.Location, SoakProgram.Name, await ConfigureAsync(folder, proxy.Url)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await LiveThroughAsync(program, new SoakFaults(server, proxy));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task LiveThroughAsync(Process program, SoakFaults faults)
    {
        var period = Duration / FewestFaults < LongestPeriod ? Duration / FewestFaults : LongestPeriod;

        // The first round is for what is made once: what each fault needs is compiled and allocated.
        for (var i = 0; i < FewestFaults; i++)
        {
            await faults.NextAsync(TimeSpan.FromMilliseconds(700));
        }

        await Task.Delay(period);
        var start = await MeasureAsync(program, "start");
        var rounds = (int)(Duration / period);
        for (var i = 0; i < rounds; i++)
        {
            var lasts = period / 4;
            await Task.Delay(period - lasts);
            var name = await faults.NextAsync(lasts);
            if (i == rounds / 2)
            {
                await Task.Delay(period / 2);
                AssertFlat(start, await MeasureAsync(program, $"middle, after {name}"));
            }
        }

        await Task.Delay(period);
        var end = await MeasureAsync(program, "end");
        AssertFlat(start, end);
        Assert.True(end.Calls > start.Calls);
        var closed = await MeasureAsync(program, "after the shutdown", call: "");
        Assert.True(closed.Sockets < start.Sockets || start.Sockets == 0);
        AssertFlat(start, closed);
    }

    private static void AssertFlat(SoakMeasure start, SoakMeasure later)
    {
        Assert.Equal((0L, 0L), (later.Wrong, later.Unobserved));
        Assert.InRange(later.Managed, 0, start.Managed + MoreBytes);
        Assert.InRange(later.Handles, 0, start.Handles + MoreHandles);
        Assert.InRange(later.Threads, 0, start.Threads + MoreThreads);
    }

    private async Task<SoakMeasure> MeasureAsync(Process program, string when, string call = "measure")
    {
        await program.StandardInput.WriteLineAsync(call);
        await program.StandardInput.FlushAsync();
        var measure = SoakMeasure.Parse(await program.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("It has ended."));
        output.WriteLine($"{when}: {measure}");
        return measure;
    }

    private static async Task<string> ConfigureAsync(DirectoryInfo folder, string url)
    {
        var path = Path.Combine(folder.FullName, "config.toml");
        await File.WriteAllTextAsync(path, $"""
            [global]
            health_check_interval = 2
            key_prefix = "{Caches.NewPrefix()}"
            wal_dir = '{folder.FullName}'

            [services.{SoakProgram.Service}]
            ttl = 60
            coherence_max_age = 3

            [services.{SoakProgram.Service}.l1]
            max_capacity = 5000

            [services.{SoakProgram.Service}.l2]
            connection_string = "{url}"
            command_timeout_ms = 500
            """);
        return path;
    }
}
