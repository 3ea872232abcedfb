using Oxcaching.Benchmarks.HitRates;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Keys of 20 characters, the strings to look them up with, and an order in which they are asked for.</summary>
/// <remarks>The strings for looking up are instances of their own, as in an application; popularity has nothing to do with the place in memory.</remarks>
internal sealed class Workload
{
    public const int RequestCount = 1 << 17;

    private const double Skew = 0.99;
    private const int Seed = 7;

    public Workload(int keyCount)
    {
        Keys = MakeKeys(keyCount);
        Lookups = MakeKeys(keyCount);
        Values = [.. Keys.Select(key => "value of " + key)];

        var ranks = Enumerable.Range(0, keyCount).ToArray();
        new Random(Seed).Shuffle(ranks);
        var source = new ZipfSource(keyCount, Skew, Seed);
        Zipf = new int[RequestCount];
        for (var i = 0; i < Zipf.Length; i++)
        {
            Zipf[i] = ranks[source.Next()];
        }

        Same = new int[RequestCount];
        Array.Fill(Same, keyCount / 2);
    }

    public string[] Keys { get; }

    public string[] Lookups { get; }

    public string[] Values { get; }

    public int[] Zipf { get; }

    /// <summary>One key, over and over.</summary>
    public int[] Same { get; }

    private static string[] MakeKeys(int count) => [.. Enumerable.Range(0, count).Select(i => $"user_profile_{i * 7919 % 9999991:D7}")];
}
