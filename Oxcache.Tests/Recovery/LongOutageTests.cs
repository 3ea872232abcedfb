using System.Diagnostics;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Recovery;

/// <summary>An outage that outlasts <c>coherence_max_age</c>.</summary>
[Collection(Undisturbed.Name)]
public sealed class LongOutageTests(ITestOutputHelper output)
{
    private const int Keys = 1000;
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(8);

    [SkippableFact]
    public async Task The_source_is_not_asked_for_everything_at_once()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Garnet);
        await using var manager = await Caches.TwoLevel(server.Url, configure: service => service.CoherenceMaxAge = MaxAge).StartAsync();
        await Eventually.Is(() => manager.Health.State == HealthState.Healthy);
        var things = manager.Things();
        for (var key = 0; key < Keys; key++)
        {
            await things.SetL1OnlyAsync($"{key}", 0);
        }

        server.Kill();
        var watch = Stopwatch.StartNew();
        var loads = new List<TimeSpan>();
        await Eventually.Async(async () =>
        {
            for (var key = 0; key < Keys; key++)
            {
                await things.GetOrSetAsync($"{key}", _ =>
                {
                    loads.Add(watch.Elapsed);
                    return new ValueTask<int>(1);
                });
            }

            return loads.Count >= Keys;
        });

        // They lapse within the last quarter of it: two seconds, of which this is an eighth.
        var window = MaxAge / 32;
        var busiest = loads.Max(start => loads.Count(load => load >= start && load < start + window));
        output.WriteLine($"{Keys} keys were loaded again from {loads[0]} to {loads[^1]} after the loss, at most {busiest} within {window}.");
        Assert.InRange(busiest, 1, Keys / 2);
        Assert.True(loads[0] >= MaxAge / 2, $"The first lapsed after {loads[0]}.");
    }
}
