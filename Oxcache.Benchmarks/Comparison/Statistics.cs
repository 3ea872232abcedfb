namespace Oxcaching.Benchmarks.Comparison;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    public static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * share)];
    }

    /// <summary>The median of the rounds' ratios: what slowed a whole round down does not count.</summary>
    public static double Ratio(Contestant ours, Contestant other) => Median(ours.Rounds.Zip(other.Rounds, (a, b) => a / b));
}
