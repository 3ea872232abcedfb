using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Oxcaching.Diagnostics;

/// <summary>What happens in one service, counted and, where somebody should know, logged. Thread-safe.</summary>
internal sealed class ServiceEvents(string service, ILogger logger, CacheMeter? meter, TimeProvider time)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly KeyValuePair<string, object?> _tag = new("oxcache.service", service);
    private readonly Throttle _granted = new(time, LogInterval);
    private readonly Throttle _refused = new(time, LogInterval);
    private readonly Throttle _pending = new(time, LogInterval);
    private readonly Throttle _full = new(time, LogInterval);
    private readonly Throttle _channelDown = new(time, LogInterval);
    private readonly Throttle _unreadable = new(time, LogInterval);
    private int _notSerializedLogged;
    private int _oversizedLogged;

    public void Load() => Count(meter?.Loads);

    public void RemoteHit() => Count(meter?.RemoteHits);

    public void RemoteMiss() => Count(meter?.RemoteMisses);

    public void RemoteSkipped() => Count(meter?.RemoteSkips);

    public void RemoteFailed() => Count(meter?.RemoteFailures);

    public void FillRefused() => Count(meter?.RefusedFills);

    public void RemoteRefused(string reason)
    {
        Count(meter?.RemoteFailures);
        if (_refused.TryPass(out var suppressed))
        {
            Log.RemoteRefused(logger, service, suppressed, reason);
        }
    }

    /// <summary>What Redis does not do for the service. Whoever calls it says each but once.</summary>
    public void Limited(string sentence) => Log.Limited(logger, service, sentence);

    public void Granted()
    {
        if (_granted.TryPass(out _))
        {
            Log.Granted(logger, service);
        }
    }

    public void WritesPending(int writes, string reason)
    {
        meter?.UnacknowledgedWrites.Add(writes, _tag);
        if (_pending.TryPass(out var suppressed))
        {
            Log.WritesPending(logger, service, suppressed, reason);
        }
    }

    /// <summary>Values and deletes that were pending, or were to be, are lost for want of room; what they were to replace is gone.</summary>
    public void PendingDropped(int writes)
    {
        meter?.DroppedPending.Add(writes, _tag);
        if (_full.TryPass(out var suppressed))
        {
            Log.PendingFull(logger, service, suppressed);
        }
    }

    public void WriteDeferred() => Count(meter?.DeferredWrites);

    public void MessageIgnored() => Count(meter?.IgnoredMessages);

    public void EpochRisen() => Count(meter?.Epochs);

    public void ChannelDown()
    {
        if (_channelDown.TryPass(out var suppressed))
        {
            Log.ChannelDown(logger, service, suppressed);
        }
    }

    public void Unreadable(string key, string reason)
    {
        Count(meter?.Unreadable);
        if (_unreadable.TryPass(out var suppressed))
        {
            Log.Unreadable(logger, service, key, suppressed, reason);
        }
    }

    public void NotSerialized(Type type, Exception exception)
    {
        Count(meter?.NotSerialized);
        if (Interlocked.Exchange(ref _notSerializedLogged, 1) == 0)
        {
            Log.NotSerialized(logger, service, type.ToString(), exception);
        }
    }

    public void Oversized(string key, long size, int limit)
    {
        Count(meter?.Oversized);
        if (Interlocked.Exchange(ref _oversizedLogged, 1) == 0)
        {
            Log.Oversized(logger, service, key, size, limit);
        }
    }

    public void Overdue(string key, TimeSpan timeout)
    {
        Count(meter?.Overdue);
        Log.Overdue(logger, service, key, timeout.TotalSeconds);
    }

    public void HealthHandlerFailed(Exception exception) => Log.HealthHandlerFailed(logger, exception);

    public void Internal(Exception exception) => Log.Internal(logger, service, exception);

    private void Count(Counter<long>? counter) => counter?.Add(1, _tag);
}
