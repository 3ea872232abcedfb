using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Local;

/// <summary>Counts hits without a cache line that all threads would write.</summary>
/// <remarks>
/// A thread is told from others by where its stack is, which costs less than asking for its number. Threads that share a cell,
/// by chance, may lose a count: the sum is near enough for a hit rate, and for nothing else.
/// </remarks>
internal readonly struct HitCounter
{
    private const int StackBits = 16;
    private const int CellsPerProcessor = 32;
    private const int MostCells = 512;
    private const uint Golden = 0x9E37_79B9;

    private static readonly int Bits = BitOperations.Log2(
        BitOperations.RoundUpToPowerOf2((uint)Math.Min(Environment.ProcessorCount * CellsPerProcessor, MostCells)));

    private readonly Cell[] _cells;

    public HitCounter() => _cells = new Cell[1 << Bits];

    public long Sum
    {
        get
        {
            var sum = 0L;
            foreach (ref var cell in _cells.AsSpan())
            {
                sum += Volatile.Read(ref cell.Count);
            }

            return sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Increment()
    {
        byte here;
        var cell = (uint)((nuint)(&here) >> StackBits) * Golden >> (32 - Bits);

        // Within bounds: the number has as many bits as the length of the array says.
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), cell).Count++;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Count;
    }
}
