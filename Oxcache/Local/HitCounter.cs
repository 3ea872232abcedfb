using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Oxcaching.Local;

/// <summary>Counts hits without a cache line that all threads would write.</summary>
/// <remarks>Threads that share a cell may lose a count: the sum is near enough for a hit rate, and for nothing else.</remarks>
internal sealed class HitCounter
{
    private static readonly int Mask = (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 4) - 1;

    private static int _threads;

    /// <summary>Which cells are this thread's; zero when it has none yet.</summary>
    [ThreadStatic]
    private static int _thread;

    private readonly Cell[] _cells = new Cell[Mask + 1];

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
    public void Increment()
    {
        var thread = _thread;
        if (thread == 0)
        {
            thread = RegisterThread();
        }

        // Within bounds: the array has Mask + 1 cells.
        ref var first = ref MemoryMarshal.GetArrayDataReference(_cells);
        Unsafe.Add(ref first, thread & Mask).Count++;
    }

    private static int RegisterThread()
    {
        var thread = Interlocked.Increment(ref _threads);
        return _thread = thread == 0 ? Mask + 1 : thread;
    }

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Cell
    {
        [FieldOffset(0)]
        public long Count;
    }
}
