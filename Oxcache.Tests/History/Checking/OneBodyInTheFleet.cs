namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 6: with distributed single-flight and without faults, one body per key in the fleet, overtaken ones aside.</summary>
internal sealed class OneBodyInTheFleet(Promises promises, Disturbances disturbances) : IHistoryRule
{
    public const string Rule = "6: two bodies of a key in the fleet";

    public IEnumerable<Violation> Check(RunHistory history) =>
        promises.OneBodyInTheFleet
            ? from bodies in history.Operations.Where(operation => operation.Kind == OperationKind.Body).GroupBy(body => body.Key)
              from pair in OverlappingBodies.Find(history, bodies.Key, [.. bodies], MessageTime)
              where !disturbances.TouchesAny(pair.Time)
              select new Violation(Rule, bodies.Key, pair.First, pair.Second)
            : [];

    private TimeSpan MessageTime => (promises.Elsewhere ?? TimeSpan.Zero) + promises.Slack;
}
