using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Oxcaching.Diagnostics;

namespace Oxcaching.Writes;

/// <summary>What happens to the journal of one service, counted and, where somebody should know, logged. Thread-safe.</summary>
internal sealed class JournalEvents(string service, ILogger logger, CacheMeter? meter, TimeProvider time)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly KeyValuePair<string, object?> _tag = new("oxcache.service", service);
    private readonly Throttle _full = new(time, LogInterval);
    private long _dropped;
    private long _inMemory;

    /// <summary>Values and deletes for which there was no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Records that could not be written when they came.</summary>
    public long InMemory => Volatile.Read(ref _inMemory);

    public void Recovered(int count) => Log.JournalRecovered(logger, service, count);

    public void Torn(string path, long bytes) => Log.JournalTorn(logger, service, path, bytes);

    public void SetAside(string path, string problem) => Log.JournalSetAside(logger, service, path, problem);

    public void LeftAlone(string path, string problem) => Log.JournalLeftAlone(logger, service, path, problem);

    public void Down(string reason) => Log.JournalDown(logger, service, reason);

    public void Up() => Log.JournalUp(logger, service);

    public void NotCompacted(string reason) => Log.JournalNotCompacted(logger, service, reason);

    public void NotWritten(int count) => Count(ref _inMemory, count, meter?.UnloggedWrites);

    public void NoRoom(int count)
    {
        Count(ref _dropped, count, meter?.DroppedWrites);
        if (_full.TryPass(out var suppressed))
        {
            Log.JournalFull(logger, service, suppressed);
        }
    }

    private void Count(ref long total, int count, Counter<long>? counter)
    {
        Interlocked.Add(ref total, count);
        counter?.Add(count, _tag);
    }
}
