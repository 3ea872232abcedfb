namespace Oxcaching.Tests.TestSupport;

public static class Allocations
{
    private const int Calls = 100_000;
    private const int Rounds = 20;

    /// <summary>The bytes that a call allocates once the JIT has optimized it, which it does in the background.</summary>
    public static long PerCall(Action call)
    {
        var bytes = long.MaxValue;
        for (var round = 0; round < Rounds && bytes > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return bytes;
    }
}
