using System.Globalization;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>Tables for people, and a line per figure for programs.</summary>
internal static class Report
{
    /// <param name="title">What was measured.</param>
    /// <param name="contestants">Ours first.</param>
    public static void Table(string title, IReadOnlyList<Contestant> contestants)
    {
        Console.WriteLine(title);
        foreach (var contestant in contestants)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {contestant.Name,-22}{contestant.Median,9:F1}{Statistics.Ratio(contestant, contestants[0]),8:F2} x ours"));
        }
    }

    public static void Ratio(string name, IReadOnlyList<Contestant> contestants, string ours, string other) =>
        Print("ratio", name, Statistics.Ratio(Find(contestants, ours), Find(contestants, other)));

    public static void Ratio(string name, double ratio) => Print("ratio", name, ratio);

    public static void Value(string name, double value) => Print("value", name, value);

    private static Contestant Find(IReadOnlyList<Contestant> contestants, string name) => contestants.First(contestant => contestant.Name == name);

    private static void Print(string kind, string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {name} = {value:0.###}"));
}
