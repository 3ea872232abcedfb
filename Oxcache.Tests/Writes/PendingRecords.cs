using System.Text;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Remote;
using Oxcaching.Timing;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Makes pending writes, and says what they are.</summary>
internal static class PendingRecords
{
    private static long _lastId;

    public static PendingClear Clear(TimeProvider time) => new() { Call = new CallMoment(time.GetTimestamp()), Id = NextId() };

    public static PendingWrite Write(string key, string? value, TimeProvider time) => new()
    {
        Key = RemoteKey.For("space:", key),
        Envelope = value is null ? null : Encoding.UTF8.GetBytes(value),
        Entry = value is null ? null : new LocalEntry<string>(value),
        Ttl = TimeSpan.FromMinutes(1),
        LocalTtl = TimeSpan.FromMinutes(1),
        Call = new CallMoment(time.GetTimestamp()),
        Id = NextId(),
        Claim = new Claim(key),
        DropsLocal = true,
    };

    /// <summary>In short: k=v for a set, -k for a delete.</summary>
    public static string Brief(this PendingWrite write) =>
        write.Envelope is { } value ? $"{write.Key.Text}={Encoding.UTF8.GetString(value)}" : "-" + write.Key.Text;

    private static ulong NextId() => (ulong)Interlocked.Increment(ref _lastId);
}
