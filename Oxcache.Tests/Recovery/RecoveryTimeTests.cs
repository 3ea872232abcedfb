using System.Diagnostics;
using Oxcaching.Tests.Faults;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Recovery;

/// <summary>How soon all is well after Redis answers again: two seconds, and five when 10,000 writes have waited.</summary>
/// <remarks>The limits here are twice that, for machines that are busy; what it took is printed.</remarks>
[Collection(Undisturbed.Name)]
public sealed class RecoveryTimeTests(ITestOutputHelper output)
{
    private const int Keys = 20;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2 * 2);
    private static readonly TimeSpan AllowedForMany = TimeSpan.FromSeconds(5 * 2);

    [SkippableTheory]
    [InlineData(ConnectionKind.Any, Direction.Both)]
    [InlineData(ConnectionKind.Interactive, Direction.ToServer)]
    [InlineData(ConnectionKind.Interactive, Direction.ToClient)]
    public async Task Out_of_a_black_hole(ConnectionKind connections, Direction direction)
    {
        await using var bed = await Bed.StartAsync(await ServerPool.UrlAsync());
        bed.Proxy.Apply(Fault.BlackHole, direction, connections);
        await bed.WriteUntilDegradedAsync(Keys);

        bed.Proxy.Heal();
        output.WriteLine($"{await bed.RecoverAsync(Keys, Allowed)}");
    }

    [SkippableFact]
    public async Task Out_of_a_black_hole_that_swallowed_the_attempts_to_connect()
    {
        await using var bed = await Bed.StartAsync(await ServerPool.UrlAsync());
        bed.Proxy.Apply(Fault.BlackHole);
        await bed.WriteUntilDegradedAsync(Keys);
        var before = bed.Proxy.AcceptedCount;
        await Eventually.Is(() => bed.Proxy.AcceptedCount >= before + 6);

        bed.Proxy.Heal();
        output.WriteLine($"{await bed.RecoverAsync(Keys, Allowed)}");
    }

    [SkippableFact]
    public async Task When_connections_are_accepted_again()
    {
        await using var bed = await Bed.StartAsync(await ServerPool.UrlAsync());
        bed.Proxy.Refuse();
        await bed.WriteUntilDegradedAsync(Keys);

        bed.Proxy.Heal();
        output.WriteLine($"{await bed.RecoverAsync(Keys, Allowed)}");
    }

    [SkippableTheory]
    [EachServer]
    public async Task When_a_killed_server_is_started_again(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var bed = await Bed.StartAsync(server.Url);
        server.Kill();
        await bed.WriteUntilDegradedAsync(Keys);

        await server.RestartEmptyAsync();
        output.WriteLine($"{await bed.RecoverAsync(Keys, Allowed)}");
    }

    [SkippableTheory]
    [EachServer]
    public async Task When_a_frozen_server_goes_on(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var bed = await Bed.StartAsync(server.Url);
        server.Freeze();
        await bed.WriteUntilDegradedAsync(Keys);

        server.Thaw();
        output.WriteLine($"{await bed.RecoverAsync(Keys, Allowed)}");
    }

    [SkippableTheory]
    [EachServer]
    public async Task With_ten_thousand_writes_that_waited(ServerKind kind)
    {
        using var server = await ServerPool.StartOwnAsync(kind);
        await using var bed = await Bed.StartAsync(server.Url);
        server.Kill();
        await bed.WriteUntilDegradedAsync(10_000);
        Assert.Equal(10_000, bed.Health.PendingWrites);

        await server.RestartEmptyAsync();
        output.WriteLine($"{await bed.RecoverAsync(10_000, AllowedForMany)}");
    }

    /// <summary>An instance behind a proxy, and another that is cut off with it. Neither writes what the other has just written: in doubt that is deleted.</summary>
    private sealed class Bed : IAsyncDisposable
    {
        private readonly CacheManager _manager;
        private readonly CacheManager _other;

        private Bed(TcpProxy proxy, CacheManager manager, CacheManager other) => (Proxy, _manager, _other) = (proxy, manager, other);

        public TcpProxy Proxy { get; }

        public CacheHealth Health => _manager.Health;

        public static async Task<Bed> StartAsync(string url)
        {
            var proxy = new TcpProxy(url);
            var options = Caches.TwoLevel(proxy.Url, configure: service => service.L2.CommandTimeout = TimeSpan.FromSeconds(1));
            var bed = new Bed(proxy, await options.StartAsync(), await options.StartAsync());
            await Eventually.Is(() => bed.IsHealthy);
            return bed;
        }

        /// <summary>Both notice, and each key has a write that waits.</summary>
        public async Task WriteUntilDegradedAsync(int keys)
        {
            await _other.Things().SetAsync("other", "new");
            await Task.WhenAll(Enumerable.Range(0, keys).Select(key => _manager.Things().SetAsync($"{key}", $"new {key}").AsTask()));
            await Eventually.Async(async () =>
            {
                await _manager.Things().GetAsync<string>("x");
                await _other.Things().GetAsync<string>("x");
                return _manager.Health.State == HealthState.Degraded && _other.Health.State == HealthState.Degraded;
            });
        }

        /// <summary>Waits until both are healthy and read the same; no longer than is allowed.</summary>
        public async Task<TimeSpan> RecoverAsync(int keys, TimeSpan allowed)
        {
            var watch = Stopwatch.StartNew();
            await Eventually.Is(() => IsHealthy);
            await Eventually.Async(async () =>
            {
                var read = await _other.Things().GetManyAsync<string>(Enumerable.Range(0, keys).Select(key => $"{key}"));
                return read.Count == keys && read.All(pair => pair.Value == $"new {pair.Key}") && await _manager.Things().GetAsync<string>("other") == "new";
            });
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, allowed);
            Assert.Equal(0, _manager.Health.PendingWrites);
            return watch.Elapsed;
        }

        public async ValueTask DisposeAsync()
        {
            await _manager.DisposeAsync();
            await _other.DisposeAsync();
            await Proxy.DisposeAsync();
        }

        private bool IsHealthy => _manager.Health.State == HealthState.Healthy && _other.Health.State == HealthState.Healthy;
    }
}
