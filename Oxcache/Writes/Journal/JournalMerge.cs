namespace Oxcaching.Writes;

/// <summary>Brings the records of two processes together, of which only the stamps tell the order.</summary>
/// <remarks>
/// A stamp is wrong by at most its error, so the order of two is certain when they are further apart than both errors. In doubt
/// the key is deleted, as in a replay: neither value may be the older one.
/// </remarks>
internal static class JournalMerge
{
    public static IReadOnlyList<JournalRecord> Merge(IReadOnlyList<JournalRecord> one, IReadOnlyList<JournalRecord> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return one.Count == 0 ? other : one;
        }

        var newest = new OrderedDictionary<string, JournalRecord>();
        foreach (var record in WithoutCleared(one, ClearOf(other)).Concat(WithoutCleared(other, ClearOf(one))))
        {
            newest[record.Key] = newest.TryGetValue(record.Key, out var present) ? Newer(present, record) : record;
        }

        return [.. newest.Values.OrderBy(record => record.Kind != JournalRecordKind.Clear)];
    }

    private static JournalRecord? ClearOf(IReadOnlyList<JournalRecord> records) =>
        records.FirstOrDefault(record => record.Kind == JournalRecordKind.Clear);

    private static IEnumerable<JournalRecord> WithoutCleared(IReadOnlyList<JournalRecord> records, JournalRecord? clear)
    {
        foreach (var record in records)
        {
            if (clear is null || record.Kind == JournalRecordKind.Clear || IsAfter(record, clear))
            {
                yield return record;
            }
            else if (!IsAfter(clear, record))
            {
                yield return record.AsDelete();
            }
        }
    }

    private static JournalRecord Newer(JournalRecord one, JournalRecord other)
    {
        if (IsAfter(one, other))
        {
            return one;
        }

        if (IsAfter(other, one) || one.Id == other.Id)
        {
            return other;
        }

        var later = one.Stamp > other.Stamp ? one : other;
        return later.Kind == JournalRecordKind.Set ? later.AsDelete() : later;
    }

    private static bool IsAfter(JournalRecord one, JournalRecord other) =>
        one.Stamp != 0 && other.Stamp != 0 && one.Stamp - other.Stamp > one.StampError + other.StampError;
}
