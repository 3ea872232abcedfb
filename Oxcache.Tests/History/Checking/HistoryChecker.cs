namespace Oxcaching.Tests.History.Checking;

/// <summary>Finds what no promise allows in the history of a run.</summary>
/// <remarks>
/// The rules speak of certainties, so that a violation is one. Every value names the body or the set that made it, and what
/// was made certainly before a write must not be seen after it. Of two sets that overlap either may win, and a set that began
/// after a delete may bring an older version of the register back: the application asked for it. Such things are not promised, and not
/// looked for.
/// </remarks>
internal static class HistoryChecker
{
    public static IReadOnlyList<Violation> Check(RunHistory history, Promises promises)
    {
        var disturbances = new Disturbances(history, promises);
        IHistoryRule[] rules =
        [
            new KnownValues(),
            new ReplacedValues(promises, disturbances),
            new Agreement(promises),
            new OneFlight(promises, disturbances),
            new OneBodyInTheFleet(promises, disturbances),
        ];
        return [.. rules.SelectMany(rule => rule.Check(history))];
    }
}
