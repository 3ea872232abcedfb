using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace Oxcaching.Tests.History.Running;

/// <summary>Tells whether Redis acknowledged a write. Thread-safe.</summary>
/// <remarks>
/// No hook in the product: a write that does not reach Redis is counted, and it is counted within the flow of the call, where an
/// AsyncLocal names the call. That works in other load contexts too.
/// </remarks>
internal sealed class WriteObserver : IDisposable
{
    /// <summary>The instruments that count writes which returned without Redis's acknowledgement.</summary>
    private static readonly HashSet<string> Unacknowledged = ["oxcache.l2.lost_writes"];

    private static readonly AsyncLocal<StrongBox<bool>?> Current = new();

    private readonly MeterListener _listener = new();

    public WriteObserver()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Oxcache" && Unacknowledged.Contains(instrument.Name))
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
        var isLost = new StrongBox<bool>();
        Current.Value = isLost;
        await write();
        return !Volatile.Read(ref isLost.Value);
    }

    public void Dispose() => _listener.Dispose();
}
