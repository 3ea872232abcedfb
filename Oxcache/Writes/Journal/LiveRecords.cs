using System.Diagnostics.CodeAnalysis;

namespace Oxcaching.Writes;

/// <summary>The records that a replay would need: the newest of each key, in order. Not thread-safe.</summary>
internal sealed class LiveRecords
{
    private readonly LinkedList<JournalRecord> _order = new();
    private readonly Dictionary<string, LinkedListNode<JournalRecord>> _byKey = [];
    private int _sets;

    public int Count => _order.Count;

    /// <summary>What they take in a file.</summary>
    public long Bytes { get; private set; }

    public JournalRecord[] ToArray() => [.. _order];

    /// <summary>What they would take with the record in the place of what it supersedes.</summary>
    public long BytesWith(JournalRecord record) =>
        record.Kind == JournalRecordKind.Clear ? record.Size
        : Bytes + record.Size - (_byKey.TryGetValue(record.Key, out var older) ? older.Value.Size : 0);

    /// <summary>Does what the record says: a set, delete or clear supersedes, a mark that one is done removes it.</summary>
    /// <returns>False when it is the mark of a record that is not here, or no more.</returns>
    public bool Apply(JournalRecord record)
    {
        if (record.Kind == JournalRecordKind.Done)
        {
            return TryFind(record, out var done) && Remove(done);
        }

        if (record.Kind == JournalRecordKind.Clear)
        {
            RemoveAll();
        }
        else if (_byKey.TryGetValue(record.Key, out var older))
        {
            Remove(older);
        }

        _byKey[record.Key] = _order.AddLast(record);
        Account(record, 1);
        return true;
    }

    /// <summary>Turns sets into deletes, the oldest first, until that many bytes are left or no set is.</summary>
    public List<JournalRecord> Shrink(long goal)
    {
        var shrunk = new List<JournalRecord>();
        for (var node = _order.First; node is not null && Bytes > goal && _sets > 0; node = node.Next)
        {
            if (node.Value.Kind == JournalRecordKind.Set)
            {
                Account(node.Value, -1);
                node.Value = node.Value.AsDelete();
                Account(node.Value, 1);
                shrunk.Add(node.Value);
            }
        }

        return shrunk;
    }

    private bool TryFind(JournalRecord record, [NotNullWhen(true)] out LinkedListNode<JournalRecord>? node) =>
        _byKey.TryGetValue(record.Key, out node) && node.Value.Id == record.Id;

    private bool Remove(LinkedListNode<JournalRecord> node)
    {
        _order.Remove(node);
        Account(node.Value, -1);
        return _byKey.Remove(node.Value.Key);
    }

    private void RemoveAll()
    {
        _order.Clear();
        _byKey.Clear();
        (Bytes, _sets) = (0, 0);
    }

    private void Account(JournalRecord record, int sign)
    {
        Bytes += sign * record.Size;
        _sets += record.Kind == JournalRecordKind.Set ? sign : 0;
    }
}
