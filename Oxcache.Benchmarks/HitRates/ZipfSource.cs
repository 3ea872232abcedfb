namespace Oxcaching.Benchmarks.HitRates;

/// <summary>Numbers from 0 below a bound, the k-th as often as 1 / (k + 1)^skew.</summary>
internal sealed class ZipfSource
{
    private readonly double[] _cumulated;
    private readonly Random _random;

    public ZipfSource(int count, double skew, int seed)
    {
        _random = new Random(seed);
        _cumulated = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += 1 / Math.Pow(i + 1, skew);
            _cumulated[i] = sum;
        }
    }

    public int Next()
    {
        var found = Array.BinarySearch(_cumulated, _random.NextDouble() * _cumulated[^1]);
        return Math.Min(found < 0 ? ~found : found, _cumulated.Length - 1);
    }
}
