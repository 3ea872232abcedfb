using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Writes, and knows what each key is to end as: those of all threads are put in one order. Thread-safe.</summary>
internal sealed class LastWrites(PendingWrites pending)
{
    private readonly Dictionary<string, string?> _last = [];
    private readonly NumberedTime _time = new();
    private readonly Lock _lock = new();

    public PendingWrite Write(string key, string? value)
    {
        lock (_lock)
        {
            _last[key] = value;
            var write = PendingRecords.Write(key, value, _time);
            pending.Add(write);
            return write;
        }
    }

    public PendingClear Clear()
    {
        lock (_lock)
        {
            _last.Clear();
            return pending.Clear(PendingRecords.Clear(_time));
        }
    }

    public string? Of(string key)
    {
        lock (_lock)
        {
            return _last.GetValueOrDefault(key);
        }
    }

    /// <summary>Each write is called later than the one before.</summary>
    private sealed class NumberedTime : TimeProvider
    {
        private long _number;

        public override long GetTimestamp() => ++_number;
    }
}
