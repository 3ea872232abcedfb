using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Oxcaching.Tests.History.Running;

/// <summary>Tells whether Redis acknowledged a write. Thread-safe.</summary>
/// <remarks>
/// No hook in the product: a write that returns before it has reached Redis is counted within the flow of its call, where an
/// AsyncLocal names the call. That works in other load contexts too.
/// </remarks>
internal sealed class WriteObserver : IDisposable
{
    private static readonly AsyncLocal<StrongBox<bool>?> Current = new();

    private readonly MeterListener _listener = new();

    public WriteObserver()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Oxcache", Name: "oxcache.l2.deferred_writes" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (Current.Value is { } call)
            {
                Volatile.Write(ref call.Value, true);
            }
        });
        _listener.Start();
    }

    /// <summary>Whether Redis has acknowledged the write when it returns.</summary>
    public async Task<bool> WatchAsync(Func<Task> write)
    {
        var isDeferred = new StrongBox<bool>();
        Current.Value = isDeferred;
        await write();
        return !Volatile.Read(ref isDeferred.Value);
    }

    public void Dispose() => _listener.Dispose();
}
