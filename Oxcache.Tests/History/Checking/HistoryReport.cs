using System.Text;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Violations for people: what was broken, and what happened around it.</summary>
internal static class HistoryReport
{
    private const int MostViolations = 5;
    private const int MostLines = 80;
    private static readonly TimeSpan Around = TimeSpan.FromMilliseconds(100);

    public static string Of(RunHistory history, IReadOnlyList<Violation> violations)
    {
        var report = new StringBuilder();
        foreach (var counted in violations.CountBy(violation => violation.Rule))
        {
            report.AppendLine($"{counted.Value} times {counted.Key}");
        }

        // What many reads see has one cause.
        foreach (var violation in violations.DistinctBy(violation => (violation.Rule, violation.Key, violation.Operations[0])).Take(MostViolations))
        {
            Append(report, history, violation);
        }

        return report.ToString();
    }

    /// <summary>How much a run has seen: a promise is worth what it was tried with.</summary>
    public static string Summary(RunHistory history)
    {
        var counts = history.Operations.CountBy(operation => operation.Kind).Select(counted => $"{counted.Value} × {counted.Key}");
        var lost = history.Operations.Count(operation => operation is { IsWrite: true, IsAcknowledged: false });
        return $"{string.Join(", ", counts)}; {lost} writes not acknowledged, {history.Faults.Count} faults, stalled for {history.Stalled.TotalMilliseconds:0} ms";
    }

    private static void Append(StringBuilder report, RunHistory history, Violation violation)
    {
        report.AppendLine().AppendLine($"{violation.Rule}, key {violation.Key}:");
        foreach (var operation in violation.Operations)
        {
            report.AppendLine($"  {operation}");
        }

        var time = new Interval(violation.Operations.Min(operation => operation.Begin) - Around, violation.Operations.Max(operation => operation.End) + Around);
        var lines = Lines(history, violation.Key, time);
        report.AppendLine($"around it (times in milliseconds since the run began, {lines.Count} lines):");
        foreach (var line in lines.Count <= MostLines ? lines : [.. lines.Take(MostLines / 2), "  …", .. lines.TakeLast(MostLines / 2)])
        {
            report.AppendLine(line);
        }
    }

    private static List<string> Lines(RunHistory history, string key, Interval time)
    {
        var operations = history.Operations
            .Where(operation => operation.Concerns(key) && operation.Begin <= time.End && operation.End >= time.Begin)
            .Select(operation => (operation.Begin, Line: $"  {operation}"));
        var faults = history.Faults
            .Where(fault => fault.Time.Begin <= time.End && fault.Time.End >= time.Begin)
            .Select(fault => (fault.Time.Begin, Line: $"  {fault}"));
        return [.. operations.Concat(faults).OrderBy(line => line.Begin).Select(line => line.Line)];
    }
}
