using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Oxcaching.Local;

/// <summary>A hash table of entries that is read without a lock.</summary>
/// <remarks>
/// Slots come in chunks of 16, each slot with a tag of 8 bits of its key's hash, so that one vector comparison finds the slots
/// of a chunk that are worth a look (as in Swiss tables). A key lives in its home chunk or, where that was full, in the next
/// one with a free slot; each chunk counts the keys that passed it (as in F14), so a search ends at a chunk that none passed, or
/// when it comes home again, and a removal leaves no tombstone.
/// <para>
/// Invariants. An entry never moves within a table, and a chunk's count never misses a key that passed it and is still stored:
/// so a reader never misses a key that is stored all the while. A slot's entry is written before its tag, and its tag is
/// cleared before its entry. At most 3/4 of the slots are taken, so there is a free one for every key. Only readers come
/// without the cache's lock.
/// </para>
/// </remarks>
internal sealed class EntryTable
{
    private const int ChunkSize = 16;
    private const int ChunkLimit = 12;
    private const byte Free = 0;

    private readonly byte[] _tags;
    private readonly Slot[] _slots;
    private readonly int[] _passed;
    private readonly uint _chunks;

    /// <param name="capacity">The entries that there shall be room for.</param>
    public EntryTable(int capacity)
    {
        var chunks = Math.Max(1, (capacity + ChunkLimit - 1) / ChunkLimit);
        _tags = new byte[chunks * ChunkSize];
        _slots = new Slot[chunks * ChunkSize];
        _passed = new int[chunks];
        _chunks = (uint)chunks;
        Links = new QueueLink[chunks * ChunkSize];
    }

    public int Count { get; private set; }

    /// <summary>How many entries there is room for.</summary>
    public int Limit => _passed.Length * ChunkLimit;

    public int SlotCount => _slots.Length;

    /// <summary>A slot's neighbours in the queue its entry is in. Guarded by the cache's lock.</summary>
    public QueueLink[] Links { get; }

    /// <summary>The entry in a taken slot.</summary>
    public LocalEntry this[int slot] => _slots[slot].Entry!;

    public LocalEntry? EntryOrNull(int slot) => _slots[slot].Entry;

    /// <summary>The entry under the key, live or not. Without a lock.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LocalEntry? Find(ReadOnlySpan<char> key, uint hash)
    {
        var chunk = HomeOf(hash);
        var tag = Vector128.Create(TagOf(hash));
        Prefetch(chunk);
        while (true)
        {
            // Within bounds: a chunk's number is below their count, and both arrays have 16 elements for each.
            var first = (nuint)(uint)chunk * ChunkSize;
            var tags = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_tags), first);
            var matches = Vector128.Equals(tags, tag).ExtractMostSignificantBits();
            while (matches != 0)
            {
                ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), first + (uint)BitOperations.TrailingZeroCount(matches));
                var entry = Volatile.Read(ref slot.Entry);
                if (entry is not null && entry.HasKey(key, hash))
                {
                    return entry;
                }

                matches &= matches - 1;
            }

            if (Volatile.Read(ref _passed[chunk]) == 0 || (chunk = Next(chunk)) == HomeOf(hash))
            {
                return null;
            }
        }
    }

    /// <summary>The slot of a key; -1 where there is none. Under the cache's lock.</summary>
    public int SlotOf(ReadOnlySpan<char> key, uint hash)
    {
        var tag = Vector128.Create(TagOf(hash));
        var chunk = HomeOf(hash);
        while (true)
        {
            for (var matches = Vector128.Equals(TagsOf(chunk), tag).ExtractMostSignificantBits(); matches != 0; matches &= matches - 1)
            {
                var slot = chunk * ChunkSize + BitOperations.TrailingZeroCount(matches);
                if (this[slot].HasKey(key, hash))
                {
                    return slot;
                }
            }

            if (_passed[chunk] == 0 || (chunk = Next(chunk)) == HomeOf(hash))
            {
                return -1;
            }
        }
    }

    /// <summary>Publishes an entry whose key is not there; there must be room.</summary>
    public int Add(LocalEntry entry)
    {
        var chunk = HomeOf(entry.Hash);
        uint free;
        while ((free = Vector128.Equals(TagsOf(chunk), Vector128<byte>.Zero).ExtractMostSignificantBits()) == 0)
        {
            Volatile.Write(ref _passed[chunk], _passed[chunk] + 1);
            chunk = Next(chunk);
        }

        var slot = chunk * ChunkSize + BitOperations.TrailingZeroCount(free);
        Volatile.Write(ref _slots[slot].Entry, entry);
        Volatile.Write(ref _tags[slot], TagOf(entry.Hash));
        Count++;
        return slot;
    }

    /// <summary>Publishes an entry in the place of another of the same key.</summary>
    public void Replace(int slot, LocalEntry entry) => Volatile.Write(ref _slots[slot].Entry, entry);

    public void Remove(int slot)
    {
        var home = HomeOf(this[slot].Hash);
        Volatile.Write(ref _tags[slot], Free);
        Volatile.Write(ref _slots[slot].Entry, null);
        for (var chunk = home; chunk != slot / ChunkSize; chunk = Next(chunk))
        {
            Volatile.Write(ref _passed[chunk], _passed[chunk] - 1);
        }

        Count--;
    }

    private static byte TagOf(uint hash) => (byte)hash == Free ? (byte)1 : (byte)hash;

    private Vector128<byte> TagsOf(int chunk) => Vector128.Create<byte>(_tags.AsSpan(chunk * ChunkSize, ChunkSize));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int HomeOf(uint hash) => (int)(((ulong)hash * _chunks) >> 32);

    private int Next(int chunk) => chunk + 1 == _passed.Length ? 0 : chunk + 1;

    /// <summary>Has the slots of a chunk on their way while its tags are compared: they are two cache lines elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe void Prefetch(int chunk)
    {
        if (Sse.IsSupported)
        {
            // The collector may move the array meanwhile: that costs the prefetch its use, and nothing else.
            ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nuint)(uint)chunk * ChunkSize);
            Sse.Prefetch0(Unsafe.AsPointer(ref slot));
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref slot, ChunkSize / 2)));
        }
    }

    private struct Slot
    {
        public LocalEntry? Entry;
    }
}
