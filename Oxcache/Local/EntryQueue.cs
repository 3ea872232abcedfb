namespace Oxcaching.Local;

/// <summary>A queue of the slots of a table, linked through numbers, not references: that is less memory and nothing for the GC to follow.</summary>
/// <remarks>Invariant: every taken slot of the table is in the one queue that its entry names. Guarded by the cache's lock.</remarks>
internal sealed class EntryQueue(QueueName name, EntryTable table)
{
    private const int None = -1;

    private int _last = None;

    public int Count { get; private set; }

    /// <summary>The slot that entered first; -1 when the queue is empty.</summary>
    public int First { get; private set; } = None;

    public void Append(int slot)
    {
        var links = table.Links;
        links[slot] = new QueueLink { Previous = _last, Next = None };
        if (_last == None)
        {
            First = slot;
        }
        else
        {
            links[_last].Next = slot;
        }

        _last = slot;
        table[slot].Queue = name;
        Count++;
    }

    public void Remove(int slot)
    {
        var links = table.Links;
        var link = links[slot];
        if (link.Previous == None)
        {
            First = link.Next;
        }
        else
        {
            links[link.Previous].Next = link.Next;
        }

        if (link.Next == None)
        {
            _last = link.Previous;
        }
        else
        {
            links[link.Next].Previous = link.Previous;
        }

        Count--;
    }

    /// <summary>The slot that entered after this one; -1 after the last.</summary>
    public int After(int slot) => table.Links[slot].Next;

    /// <summary>The same entries in the same order, in another table.</summary>
    public EntryQueue CopyTo(EntryTable larger)
    {
        var copy = new EntryQueue(name, larger);
        for (var slot = First; slot != None; slot = After(slot))
        {
            copy.Append(larger.Add(table[slot]));
        }

        return copy;
    }
}
