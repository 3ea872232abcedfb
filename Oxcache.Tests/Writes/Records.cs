using System.Text;
using Oxcaching.Writes;

namespace Oxcaching.Tests.Writes;

/// <summary>Makes records of the journal, and says what is in them.</summary>
internal static class Records
{
    private static ulong _lastId;

    public static JournalRecord Set(string key, string value, long stamp = 1_000, long error = 0, long expiry = 0) =>
        Set(key, Encoding.UTF8.GetBytes(value), stamp, error, expiry);

    public static JournalRecord Set(string key, byte[] value, long stamp = 1_000, long error = 0, long expiry = 0) => new()
    {
        Kind = JournalRecordKind.Set,
        Key = key,
        Id = NextId(),
        Stamp = stamp,
        StampError = error,
        Expiry = expiry,
        Payload = value,
    };

    public static JournalRecord Delete(string key, long stamp = 1_000, long error = 0) =>
        new() { Kind = JournalRecordKind.Delete, Key = key, Id = NextId(), Stamp = stamp, StampError = error };

    public static JournalRecord Clear(long stamp = 1_000, long error = 0) =>
        new() { Kind = JournalRecordKind.Clear, Key = "", Id = NextId(), Stamp = stamp, StampError = error };

    /// <summary>Everything in the record, for comparing.</summary>
    public static string Whole(this JournalRecord record) =>
        $"{record.Kind} '{record.Key}' #{record.Id} at {record.Stamp} ± {record.StampError} until {record.Expiry}: {Convert.ToHexString(record.Payload.Span)}";

    /// <summary>The records in short: k=v for a set, -k for a delete, clear.</summary>
    public static string Brief(this IEnumerable<JournalRecord> records) => string.Join(' ', records.Select(record => record.Kind switch
    {
        JournalRecordKind.Set => $"{record.Key}={Encoding.UTF8.GetString(record.Payload.Span)}",
        JournalRecordKind.Delete => "-" + record.Key,
        _ => record.Kind.ToString().ToLowerInvariant(),
    }));

    /// <summary>Gives the journal a record and expects it to be kept.</summary>
    public static async Task<JournalRecord> KeepAsync(this Journal journal, JournalRecord record)
    {
        Assert.Equal(JournalOutcome.Kept, await journal.AppendAsync(record));
        return record;
    }

    private static ulong NextId() => Interlocked.Increment(ref _lastId);
}
