using Oxcaching.Local;
using Oxcaching.Tests.TestSupport;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Pending writes before a Redis and a clock that both do as the test says.</summary>
internal sealed class PendingBed : IAsyncDisposable
{
    public const int BatchSize = 3;
    public const int MostKeys = 6;
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public PendingBed(Journal? journal = null) =>
        Pending = new PendingWrites(Target, new WriteLimits(BatchSize, Interval, BatchesInFlight: 2, MostKeys, MostBytes: 1 << 20), journal, Time);

    public ManualTime Time { get; } = new();

    public ControlledTarget Target { get; } = new();

    public PendingWrites Pending { get; }

    /// <summary>A set, or a delete where there is no value.</summary>
    public PendingWrite Write(string key, string? value)
    {
        var write = PendingRecords.Write(key, value, Time);
        Pending.Add(write);
        Pending.Pump();
        return write;
    }

    /// <summary>What a reader of the key finds pending: its value, "deleted" or "nothing".</summary>
    public string Find(string key) =>
        !Pending.TryFind(key, out var write) ? "nothing" : write.Entry is LocalEntry<string> entry ? entry.Value : "deleted";

    public PendingClear Clear() => Pending.Clear(PendingRecords.Clear(Time));

    public ValueTask DisposeAsync() => Pending.DisposeAsync();
}
