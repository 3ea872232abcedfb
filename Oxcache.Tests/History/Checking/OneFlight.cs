namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 5: one flight per key, terms and instance at a time, overtaken ones aside.</summary>
internal sealed class OneFlight(Promises promises, Disturbances disturbances) : IHistoryRule
{
    public const string Rule = "5: two flights of a key on one instance";

    public IEnumerable<Violation> Check(RunHistory history) =>
        promises.OneFlight
            ? from bodies in history.Operations.Where(operation => operation.Kind == OperationKind.Body)
                .GroupBy(body => (body.Key, body.Instance, body.Levels))
              from pair in OverlappingBodies.Find(history, bodies.Key.Key, [.. bodies], MessageTime)
              where !disturbances.Touches(bodies.Key.Instance, pair.Time)
              select new Violation(Rule, bodies.Key.Key, pair.First, pair.Second)
            : [];

    private TimeSpan MessageTime => (promises.Elsewhere ?? TimeSpan.Zero) + promises.Slack;
}
