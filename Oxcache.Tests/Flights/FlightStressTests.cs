using System.Collections.Concurrent;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Flights;

/// <summary>Random schedules of loads, sets, deletes, clears and leaving callers over few keys.</summary>
public sealed class FlightStressTests
{
    private const int Workers = 8;
    private const int Keys = 4;

    /// <summary>
    /// Each key is a register whose versions only grow. A load reads the register in its body; a writer raises it and then deletes
    /// or sets. So what a read returns must not be older than the register was at the last acknowledged delete or set before the read began.
    /// </summary>
    [Fact]
    public async Task No_read_returns_what_was_older_than_the_last_acknowledged_write_before_it()
    {
        var seed = Environment.TickCount;
        var duration = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("OXCACHE_TEST_STRESS_SECONDS") ?? "3"));
        await using var manager = await Caches.Local().StartAsync();
        var registers = new long[Keys];
        var acknowledged = new long[Keys];
        var failures = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource(duration);

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(new Random(seed + worker)))));

        Assert.True(failures.IsEmpty, $"seed {seed}: {string.Join("; ", failures.Take(5))}");

        async Task WorkAsync(Random random)
        {
            while (!stop.IsCancellationRequested)
            {
                var key = random.Next(Keys);
                switch (random.Next(10))
                {
                    case 0:
                        await WriteAsync(key, async _ => await manager.Things().DeleteAsync(Name(key)));
                        break;
                    case 1:
                        await WriteAsync(key, async version => await manager.Things().SetAsync(Name(key), version));
                        break;
                    case 2 when random.Next(20) == 0:
                        await WriteAsync(key, async _ => await manager.Things().ClearAsync());
                        break;
                    default:
                        await ReadAsync(key, random);
                        break;
                }
            }
        }

        async Task WriteAsync(int key, Func<long, Task> write)
        {
            // One writer per key at a time: of two concurrent sets either may win.
            using var _ = await KeyLock.EnterAsync(key);
            var version = Interlocked.Increment(ref registers[key]);
            await write(version);
            Volatile.Write(ref acknowledged[key], version);
        }

        async Task ReadAsync(int key, Random random)
        {
            var least = Volatile.Read(ref acknowledged[key]);
            var pauses = random.Next(3);
            using var leaving = new CancellationTokenSource();
            var reading = manager.Things().GetOrSetAsync(Name(key), _ => LoadAsync(key, pauses), ct: leaving.Token).AsTask();
            if (random.Next(5) == 0)
            {
                await leaving.CancelAsync();
            }

            try
            {
                var read = await reading;
                if (read < least)
                {
                    failures.Enqueue($"key {key}: read {read} after {least} was acknowledged");
                }
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                // This caller left.
            }
        }

        async ValueTask<long> LoadAsync(int key, int pauses)
        {
            var version = Volatile.Read(ref registers[key]);
            for (var i = 0; i < pauses; i++)
            {
                await Task.Yield();
            }

            return version;
        }

        static string Name(int key) => $"k{key}";
    }

    private static class KeyLock
    {
        private static readonly SemaphoreSlim[] Locks = [.. Enumerable.Range(0, Keys).Select(_ => new SemaphoreSlim(1))];

        public static async Task<IDisposable> EnterAsync(int key)
        {
            await Locks[key].WaitAsync();
            return new Exit(Locks[key]);
        }

        private sealed class Exit(SemaphoreSlim semaphore) : IDisposable
        {
            public void Dispose() => semaphore.Release();
        }
    }
}
