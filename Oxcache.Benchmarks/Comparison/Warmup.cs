namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Gives the JIT, which optimizes in the background, the calls and the time it needs.</summary>
internal static class Warmup
{
    private const int Calls = 60;
    private const int CallLength = 4096;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static void Run(IReadOnlyList<Contestant> contestants, ReadOnlySpan<int> requests)
    {
        for (var pass = 0; pass < 3; pass++)
        {
            for (var call = 0; call < Calls; call++)
            {
                foreach (var contestant in contestants)
                {
                    contestant.Run(requests.Slice(call % (requests.Length / CallLength) * CallLength, CallLength));
                }
            }

            Thread.Sleep(Pause);
        }
    }
}
