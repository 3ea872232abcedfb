using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Oxcaching.Benchmarks.Comparison;
using Oxcaching.Configuration;
using Oxcaching.Writes;

namespace Oxcaching.Benchmarks.Writes;

/// <summary>What the write-ahead log takes in: records with values of 200 bytes, each awaited by its caller, on the disk of the temporary folder.</summary>
internal static class JournalThroughput
{
    private const int ValueLength = 200;
    private const int Keys = 10_000;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    public static async Task RunAsync()
    {
        foreach (var (sync, name) in new[] { (WalSync.Interval, "interval"), (WalSync.Always, "always") })
        {
            foreach (var callers in new[] { 1, 16, 256 })
            {
                var folder = Directory.CreateTempSubdirectory("oxcache-journal-").FullName;
                await MeasureAsync(folder, sync, $"journal_{name}_{callers}_callers", callers);
                await MeasureRecoveryAsync(folder, sync, $"journal_{name}_{callers}_callers");
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(string folder, WalSync sync, string name, int callers)
    {
        await using var journal = Open(folder, sync, out _);
        await AppendAsync(journal, callers, TimeSpan.FromMilliseconds(500));
        var flushes = journal.Flushes;
        var watch = Stopwatch.StartNew();
        var appends = await AppendAsync(journal, callers, Duration);
        Report.Value(name + "_appends_per_s", appends / watch.Elapsed.TotalSeconds);
        Report.Value(name + "_flushes_per_s", (journal.Flushes - flushes) / watch.Elapsed.TotalSeconds);
    }

    private static async Task MeasureRecoveryAsync(string folder, WalSync sync, string name)
    {
        var watch = Stopwatch.StartNew();
        await using var journal = Open(folder, sync, out var recovered);
        Report.Value($"{name}_recovery_ms_of_{recovered.Count}", watch.Elapsed.TotalMilliseconds);
    }

    private static Journal Open(string folder, WalSync sync, out IReadOnlyList<JournalRecord> recovered)
    {
        var settings = new JournalSettings { Folder = folder, Sync = sync, MaxBytes = 64 << 20 };
        var events = new JournalEvents("bench", NullLogger.Instance, null, TimeProvider.System);
        return Journal.Open(settings, "bench", "redis", events, TimeProvider.System, out recovered);
    }

    private static async Task<long> AppendAsync(Journal journal, int callers, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var appended = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var value = new byte[ValueLength];
            var count = 0L;
            for (; watch.Elapsed < duration; count++)
            {
                var id = ((ulong)caller << 40) + (ulong)count;
                await journal.AppendAsync(new JournalRecord
                {
                    Kind = JournalRecordKind.Set,
                    Key = $"user:{id % Keys}",
                    Id = id,
                    Stamp = 1,
                    Payload = value,
                });
            }

            return count;
        })));
        return appended.Sum();
    }
}
