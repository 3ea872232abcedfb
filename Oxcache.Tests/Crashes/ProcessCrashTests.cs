using System.Globalization;
using Oxcaching.Tests.Servers;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Crashes;

/// <summary>Applications killed with kill -9 while they write with <c>write_through = false</c>. OXCACHE_TEST_CRASHES says how often.</summary>
public sealed class ProcessCrashTests(ITestOutputHelper output)
{
    private const int Lanes = 4;

    private static readonly int Crashes = int.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_CRASHES") ?? "8", CultureInfo.InvariantCulture);

    [SkippableTheory]
    [InlineData(ServerKind.Garnet, WalSync.Always)]
    [InlineData(ServerKind.Redis, WalSync.Always)]
    [InlineData(ServerKind.Redis, WalSync.Interval)]
    public async Task Killed_at_any_moment_no_write_that_was_acknowledged_is_missing_when_it_was_replayed(ServerKind kind, WalSync sync)
    {
        var url = await ServerPool.UrlAsync(kind);
        var lanes = Enumerable.Range(1, Lanes).Select(number => new CrashLane(url, kind == ServerKind.Garnet, sync, seed: number + Lanes * (int)sync)).ToList();
        var kills = (Crashes + Lanes - 1) / Lanes;
        try
        {
            await Task.WhenAll(lanes.Select(lane => Task.Run(() => lane.RunAsync(kills))));
        }
        finally
        {
            await Task.WhenAll(lanes.Select(lane => lane.DisposeAsync().AsTask()));
        }

        var complaints = lanes.SelectMany(lane => lane.Witness.Complaints).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        output.WriteLine(
            $"{sync}: {kills * Lanes} kills, {lanes.Sum(lane => lane.Witness.Acknowledged)} writes acknowledged, 0 missing, 0 damaged; "
            + $"{lanes.Sum(lane => lane.TornTails)} torn tails, {lanes.Sum(lane => lane.Witness.InDoubt)} deleted in doubt between two processes.");
    }
}
