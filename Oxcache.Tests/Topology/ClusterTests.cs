using System.Diagnostics;
using System.Globalization;
using Oxcaching.Configuration;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using Xunit.Abstractions;

namespace Oxcaching.Tests.Topology;

/// <summary>A cluster of three primaries: each part is served as long as it lives, and again when it has been taken over or moved.</summary>
[Collection(Name)]
public sealed class ClusterTests(ClusterSetup setup, ITestOutputHelper output)
{
    public const string Name = "cluster";

    private const int Keys = 60;
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500);

    private readonly string _prefix = Caches.NewPrefix();

    [SkippableFact]
    public async Task Keys_of_every_primary_are_stored_found_and_cleared()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        var things = manager.Things();
        await WriteAsync(things, Enumerable.Range(0, Keys));

        var owners = await Task.WhenAll(Enumerable.Range(0, Keys).Select(index => setup.PrimaryOfAsync(RedisKey(index))));
        Assert.Equal(3, owners.Distinct().Count());
        Assert.Equal(Keys, await CountAsync(things));

        await things.ClearAsync();
        Assert.Equal(0, await CountAsync(things));
    }

    [SkippableFact]
    public async Task A_set_that_waited_is_not_stored_where_another_instances_later_clear_found_nothing()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var other = await Options().StartAsync();
        var remote = manager.Parts[0].Remote!;
        await other.Things().ClearAsync();

        RemoteWrite[] waited = [.. Enumerable.Range(0, 3).Select(index => NewSet(remote, GrowingNumbers.Key(index), ago: TimeSpan.FromSeconds(10)))];
        var written = (await remote.WriteAsync([.. waited, NewSet(remote, "later", ago: TimeSpan.FromSeconds(-10))], yields: true)).Value!;
        Assert.Equal(
            [RecordKind.Tombstone, RecordKind.Tombstone, RecordKind.Tombstone, RecordKind.Value], written.Select(one => one!.Value.Head.Kind));
    }

    [SkippableFact]
    public async Task After_an_election_all_keys_are_served_and_written_again_within_two_seconds()
    {
        await setup.WholeAsync();
        await using var manager = await Options(Short).StartAsync();
        await using var reader = await Options(Short).StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var old = await setup.PrimaryOfAsync(RedisKey(0));

        old.Kill();
        await AssertServedAfterElectionAsync(numbers, old);
    }

    [SkippableFact]
    public async Task A_primary_that_froze_is_left_for_the_one_that_was_elected()
    {
        await setup.WholeAsync();
        await using var manager = await Options(Short).StartAsync();
        await using var reader = await Options(Short).StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var old = await setup.PrimaryOfAsync(RedisKey(0));

        old.Freeze();
        await AssertServedAfterElectionAsync(numbers, old);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_one_primary_is_away_the_others_are_served_and_its_own_keys_wait_for_nothing(bool frozen)
    {
        await setup.WholeAsync();
        await using var manager = await Options(Short).StartAsync();
        await WriteAsync(manager.Things(), Enumerable.Range(0, Keys));
        var away = await setup.PrimaryOfAsync(RedisKey(0));
        var served = await OthersThanAsync(away);
        foreach (var server in await setup.ShardOfAsync(away))
        {
            if (frozen)
            {
                server.Freeze();
            }
            else
            {
                server.Kill();
            }
        }

        var slow = 0;
        for (var round = 0; round < 3; round++)
        {
            for (var index = 0; index < Keys; index++)
            {
                var watch = Stopwatch.StartNew();
                var found = await manager.Things().ExistsAsync(GrowingNumbers.Key(index));
                slow += watch.Elapsed > Short / 2 ? 1 : 0;
                Assert.Equal(served.Contains(index), found);
            }
        }

        Assert.InRange(slow, 0, 3);
    }

    [SkippableFact]
    public async Task A_clear_while_one_primary_is_away_clears_the_others_and_says_that_it_is_not_whole()
    {
        await setup.WholeAsync();
        var options = Options(Short);
        await using var manager = await options.StartAsync();
        await WriteAsync(manager.Things(), Enumerable.Range(0, Keys));
        var away = await setup.PrimaryOfAsync(RedisKey(0));
        var served = await OthersThanAsync(away);
        foreach (var server in await setup.ShardOfAsync(away))
        {
            server.Kill();
        }

        await manager.Things().ClearAsync();

        Assert.Contains(((LogCollector)options.LoggerFactory!).Texts(13), text => text.Contains($"127.0.0.1:{away.Port}", StringComparison.Ordinal));
        foreach (var index in served)
        {
            Assert.False(await manager.Things().ExistsAsync(GrowingNumbers.Key(index)));
        }

        // What is left to write cannot be written.
        await manager.ShutdownAsync(TimeSpan.Zero);
    }

    [SkippableFact]
    public async Task Slots_that_move_between_primaries_are_served_all_the_while()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var from = await setup.PrimaryOfAsync(RedisKey(0));
        var to = await setup.PrimaryOfAsync(RedisKey((await OthersThanAsync(from))[0]));

        using var moved = new CancellationTokenSource();
        var use = UseAsync(numbers, moved.Token);
        var slots = await setup.MoveSlotsAsync(Enumerable.Range(0, Keys).Select(RedisKey), from, to);
        await moved.CancelAsync();

        Assert.Equal(0, await use);
        Assert.Empty(numbers.Wrong);
        Assert.NotEmpty(slots);
        await setup.MoveSlotsAsync(Enumerable.Range(0, Keys).Select(RedisKey), to, from);
    }

    [SkippableFact]
    public async Task Slots_that_move_to_a_new_node_are_served_again_within_two_seconds()
    {
        await setup.WholeAsync();
        await using var manager = await Options().StartAsync();
        await using var reader = await Options().StartAsync();
        var numbers = await SettledAsync(manager, reader);
        var from = await setup.PrimaryOfAsync(RedisKey(0));
        using var added = await setup.JoinAsync();
        try
        {
            var slots = await setup.MoveSlotsAsync(Enumerable.Range(0, Keys).Select(RedisKey), from, added);
            var moved = Stopwatch.GetTimestamp();
            var took = Stopwatch.GetElapsedTime(moved, await numbers.ServedAgainAsync());
            output.WriteLine($"{slots.Count} slots served again {took.TotalMilliseconds:0} ms after the move.");
            Assert.True(took <= Allowed, $"It took {took}.");
            Assert.Empty(numbers.Wrong);
        }
        finally
        {
            await setup.MoveSlotsAsync(Enumerable.Range(0, Keys).Select(RedisKey), added, from);
            await setup.ForgetAsync(added);
        }
    }

    [SkippableFact]
    public async Task Each_primary_has_a_clock_of_its_own()
    {
        await setup.WholeAsync();
        var remote = OxcacheConfiguration.Resolve(Options()).Services[Caches.Service].Remote!;
        await using var connection = new RedisConnection(remote.Address, remote.ConnectionTimeout, remote.CommandTimeout, TimeProvider.System);
        await connection.ProbeAsync(CancellationToken.None);

        var clocks = Enumerable.Range(0, Keys).Select(index => connection.ClockOf(RedisKey(index))).Distinct().ToList();
        Assert.Equal(3, clocks.Count);
        Assert.All(clocks, clock => Assert.NotEqual(0, clock.Now));
        Assert.True(connection is { IsWhole: true, IsCluster: true });
        Assert.Equal(3, connection.Primaries().Count);
    }

    private static async Task<int> UseAsync(GrowingNumbers numbers, CancellationToken stop)
    {
        var failed = 0;
        while (!stop.IsCancellationRequested)
        {
            failed += await numbers.AreServedAsync() ? 0 : 1;
        }

        return failed;
    }

    private async Task AssertServedAfterElectionAsync(GrowingNumbers numbers, RedisServer old)
    {
        var again = numbers.ServedAgainAsync();
        await setup.ElectedInsteadOfAsync(old);
        var elected = Stopwatch.GetTimestamp();
        var took = Stopwatch.GetElapsedTime(elected, await again);
        output.WriteLine($"Served again {took.TotalMilliseconds:0} ms after the election.");
        Assert.True(took <= Allowed, $"It took {took}.");
        Assert.Empty(numbers.Wrong);
    }

    private async Task<GrowingNumbers> SettledAsync(CacheManager writer, CacheManager reader)
    {
        var numbers = new GrowingNumbers(writer.Things(), reader.Things(), Keys);
        await numbers.ServedAgainAsync();
        await setup.ReplicatedAsync();
        numbers.Settle();
        return numbers;
    }

    private async Task<IReadOnlyList<int>> OthersThanAsync(RedisServer primary)
    {
        var owners = await Task.WhenAll(Enumerable.Range(0, Keys).Select(index => setup.PrimaryOfAsync(RedisKey(index))));
        return [.. Enumerable.Range(0, Keys).Where(index => owners[index] != primary)];
    }

    private static async Task WriteAsync(ICacheClient things, IEnumerable<int> indexes)
    {
        foreach (var index in indexes)
        {
            await things.SetAsync(GrowingNumbers.Key(index), 1L);
        }
    }

    private static async Task<int> CountAsync(ICacheClient things)
    {
        var found = await Task.WhenAll(Enumerable.Range(0, Keys).Select(index => things.ExistsAsync(GrowingNumbers.Key(index)).AsTask()));
        return found.Count(yes => yes);
    }

    private string RedisKey(int index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}:{Caches.Service}:{GrowingNumbers.Key(index)}");

    /// <param name="commandTimeout">Short where servers stop; default: long, for a machine that is busy with other tests.</param>
    private OxcacheOptions Options(TimeSpan? commandTimeout = null) => Caches.Remote("redis://localhost:6379", _prefix, service =>
    {
        service.L2.Mode = RedisMode.Cluster;
        service.L2.CommandTimeout = commandTimeout ?? service.L2.CommandTimeout;
        service.L2.Cluster.Nodes = [.. setup.Nodes];
    });

    private static RemoteWrite NewSet(GuardedRemote remote, string name, TimeSpan ago)
    {
        var key = remote.KeyOf(name);
        var called = remote.ClockOf(key).Call(Stopwatch.GetTimestamp())!.Value;
        return new RemoteWrite
        {
            Key = key,
            Nonce = remote.NextNonce(),
            Envelope = remote.Encode(key, name),
            Stamp = called.Micros - (long)ago.TotalMicroseconds,
            StampError = called.Error,
            Expiry = called.Micros + 60_000_000,
        };
    }
}
