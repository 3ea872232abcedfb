using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Local;

/// <summary>Estimates how often keys were asked for lately, of those that have left the cache as well, in 8 bytes per entry.</summary>
/// <remarks>
/// A count-min sketch of 4-bit counters after TinyLFU (Einziger, Friedman, Manes, ACM ToS 2017). The four counters of a key are
/// in one block of 64 bytes, so a key costs one cache miss or two. When ten times the capacity has been counted, all
/// counters are halved, and what was popular once is forgotten. Guarded by the cache's lock.
/// </remarks>
internal sealed class FrequencySketch
{
    public const int MaxFrequency = 15;

    private const int BlockLength = 8;
    private const ulong LowThreeBits = 0x7777_7777_7777_7777;

    private readonly ulong[] _counters;
    private readonly uint _blocks;
    private readonly long _sampleSize;
    private long _counted;

    public FrequencySketch(int capacity)
    {
        _blocks = Math.Max(1, (uint)(capacity + BlockLength - 1) / BlockLength);
        _counters = new ulong[_blocks * BlockLength];
        _sampleSize = 10L * Math.Max(capacity, BlockLength);
    }

    public int Frequency(uint hash)
    {
        var mixed = Mix(hash);
        ref var block = ref BlockOf(mixed);
        var least = (ulong)MaxFrequency;
        for (var row = 0; row < 4; row++)
        {
            var (word, shift) = Place(mixed, row);
            least = Math.Min(least, Unsafe.Add(ref block, word) >> shift & MaxFrequency);
        }

        return (int)least;
    }

    public void Add(uint hash, int times)
    {
        var mixed = Mix(hash);
        ref var block = ref BlockOf(mixed);
        for (var row = 0; row < 4; row++)
        {
            var (word, shift) = Place(mixed, row);
            ref var counters = ref Unsafe.Add(ref block, word);
            var room = MaxFrequency - (int)(counters >> shift & MaxFrequency);
            counters += (ulong)Math.Min(room, times) << shift;
        }

        _counted += times;
        if (_counted >= _sampleSize)
        {
            Age();
        }
    }

    /// <summary>Row r has words 2r and 2r + 1 of the block; a byte of the hash says which of their 32 counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Word, int Shift) Place(ulong mixed, int row)
    {
        var bits = (int)(mixed >> (8 * row));
        return (row * 2 + (bits & 1), (bits >> 1 & 15) * 4);
    }

    /// <summary>The high half chooses the block, the low half the counters in it.</summary>
    private static ulong Mix(uint hash)
    {
        var mixed = hash * 0x9E37_79B9_7F4A_7C15;
        mixed ^= mixed >> 32;
        return mixed * 0xD6E8_FEB8_6659_FD93;
    }

    private ref ulong BlockOf(ulong mixed)
    {
        // Within bounds: the product is below the number of blocks.
        var block = (mixed >> 32) * _blocks >> 32;
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_counters), (nuint)block * BlockLength);
    }

    private void Age()
    {
        var vectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(_counters.AsSpan());
        foreach (ref var vector in vectors)
        {
            vector = (vector >> 1) & new Vector<ulong>(LowThreeBits);
        }

        _counted /= 2;
    }
}
