using System.Text;

namespace Oxcaching.Tests.History.Checking;

/// <summary>Violations for people: what was broken, and what happened around it.</summary>
internal static class HistoryReport
{
    private const int MostViolations = 5;
    private static readonly TimeSpan FaultsBefore = TimeSpan.FromSeconds(5);
    private const int LinesBefore = 12;
    private const int LinesAfter = 6;

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

        report.AppendLine("around it (times in milliseconds since the run began):");
        foreach (var line in Around(history, violation))
        {
            report.AppendLine(line);
        }
    }

    /// <summary>What happened to the key shortly before and after each operation of the violation began, and the faults of the time.</summary>
    private static IEnumerable<string> Around(RunHistory history, Violation violation)
    {
        var operations = history.Operations.Where(operation => operation.Concerns(violation.Key)).ToList();
        var near = violation.Operations
            .Select(operation => operations.IndexOf(operation))
            .SelectMany(at => Enumerable.Range(at - LinesBefore, LinesBefore + LinesAfter + 1))
            .Where(at => at >= 0 && at < operations.Count)
            .ToHashSet();
        var time = new Interval(violation.Operations.Min(operation => operation.Begin), violation.Operations.Max(operation => operation.End));
        foreach (var fault in history.Faults.Where(fault => fault.Time.Begin <= time.End && fault.Time.End >= time.Begin - FaultsBefore))
        {
            yield return $"  {fault}";
        }

        foreach (var at in near.Order())
        {
            if (!near.Contains(at - 1))
            {
                yield return "  …";
            }

            yield return $"{(violation.Operations.Contains(operations[at]) ? "=>" : "  ")}{operations[at]}";
        }
    }
}
