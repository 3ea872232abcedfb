using System.Collections.Concurrent;
using System.Globalization;
using Oxcaching.Tests.FrontDoor;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Weaving;

namespace Oxcaching.Tests.Weaving;

/// <summary>The front under attack: calls, deletes, clears, expiry and eviction on the same few keys.</summary>
[Collection(StaticCache.Name)]
public sealed class FrontStressTests : IAsyncLifetime
{
    private const int Workers = 8;
    private const int Keys = 6;

    private readonly long[] _registers = new long[Keys];
    private readonly long[] _acknowledged = new long[Keys];
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly FrontedMethod<long[], FrontArguments<int>> _site = new("things", "Tests.Get", 0, CacheType.Inherit, cacheNull: true);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Oxcache.ShutdownAsync();

    [Fact]
    public async Task After_a_delete_is_acknowledged_no_call_returns_what_it_deleted()
    {
        var seed = Environment.TickCount;
        var seconds = double.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_STRESS_SECONDS") ?? "3", CultureInfo.InvariantCulture);
        Oxcache.Init(Caches.Local(service =>
        {
            // Too small for all keys, so that they are evicted as well.
            service.L1.MaxCapacity = Keys - 2;
            service.Ttl = TimeSpan.FromSeconds(1);
        }));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(new Random(seed + worker), stop.Token), CancellationToken.None)));

        Assert.True(_failures.IsEmpty, $"seed {seed}: {string.Join("; ", _failures.Take(5))}");
    }

    private async Task WorkAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var key = random.Next(Keys);
            switch (random.Next(200))
            {
                case 0:
                    var version = Interlocked.Increment(ref _registers[key]);
                    await Oxcache.GetClient("things").DeleteAsync(Name(key));
                    Acknowledge(key, version);
                    break;
                case 1 when random.Next(10) == 0:
                    var versions = Enumerable.Range(0, Keys).Select(k => Volatile.Read(ref _registers[k])).ToArray();
                    await Oxcache.GetClient("things").ClearAsync();
                    for (var k = 0; k < Keys; k++)
                    {
                        Acknowledge(k, versions[k]);
                    }

                    break;
                default:
                    await ReadAsync(key);
                    break;
            }
        }
    }

    private async Task ReadAsync(int key)
    {
        var least = Volatile.Read(ref _acknowledged[key]);
        var read = await CallAsync(key);
        if (read[0] != key || read[1] < least)
        {
            _failures.Enqueue($"key {key}: read version {read[1]} of key {read[0]} after {least} was acknowledged");
        }
    }

    private void Acknowledge(int key, long version)
    {
        for (var seen = Volatile.Read(ref _acknowledged[key]); seen < version; seen = Volatile.Read(ref _acknowledged[key]))
        {
            if (Interlocked.CompareExchange(ref _acknowledged[key], version, seen) == seen)
            {
                return;
            }
        }
    }

    private Task<long[]> CallAsync(int key)
    {
        var arguments = new FrontArguments<int>(key);
        if (_site.TryGetTask(ref arguments, out var hit))
        {
            return hit;
        }

        var text = new CacheKeyBuilder(Name(key));
        return _site.TryGetTask(ref text, ref arguments, out hit) ? hit : _site.InvokeAsTask(ref text, new RegisterCall(this, key), default);
    }

    private static string Name(int key) => string.Create(CultureInfo.InvariantCulture, $"k{key}");

    /// <summary>Reads the register, which only grows.</summary>
    private readonly struct RegisterCall(FrontStressTests tests, int key) : ICachedCall<long[]>
    {
        public ValueTask<long[]> InvokeAsync(CancellationToken cancellationToken) => new([key, Volatile.Read(ref tests._registers[key])]);
    }
}
