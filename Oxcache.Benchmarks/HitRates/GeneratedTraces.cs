namespace Oxcaching.Benchmarks.HitRates;

/// <summary>Workloads that need no file. The same numbers on every machine.</summary>
internal static class GeneratedTraces
{
    public const int Capacity = 5000;

    private const int Keys = 100_000;
    private const int Requests = 1_000_000;
    private const int Seed = 42;

    public static IReadOnlyList<Trace> All => [Zipf(), ZipfWithScan(), Loop(), PhaseShift()];

    /// <summary>Skewed popularity that does not change.</summary>
    public static Trace Zipf()
    {
        var source = new ZipfSource(Keys, 0.9, Seed);
        return new Trace("zipf", Make(_ => source.Next()));
    }

    /// <summary>The same, and in between long runs over keys that never come again.</summary>
    public static Trace ZipfWithScan()
    {
        var source = new ZipfSource(Keys, 0.9, Seed);
        var scanned = Keys;
        return new Trace("zipf+scan", Make(i => i % 50_000 < 10_000 ? scanned++ : source.Next()));
    }

    /// <summary>A little more than fits, over and over.</summary>
    public static Trace Loop() => new("loop7500", Make(i => i % (Capacity * 3 / 2)));

    /// <summary>Other keys become the popular ones, every fourth of the trace.</summary>
    public static Trace PhaseShift()
    {
        var source = new ZipfSource(Keys, 0.9, Seed);
        return new Trace("phase-shift", Make(i => (source.Next() + i / (Requests / 4) * (Keys / 4)) % Keys));
    }

    private static int[] Make(Func<int, int> request)
    {
        var requests = new int[Requests];
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = request(i);
        }

        return requests;
    }
}
