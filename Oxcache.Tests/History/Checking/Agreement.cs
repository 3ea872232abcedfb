namespace Oxcaching.Tests.History.Checking;

/// <summary>Rule 4: in quiet times all reads of a key that find something find the same, on all instances and in Redis.</summary>
internal sealed class Agreement(Promises promises) : IHistoryRule
{
    public const string Rule = "4: instances differ after all faults have healed";

    public IEnumerable<Violation> Check(RunHistory history) =>
        promises.Agreement ? history.Quiets.SelectMany(quiet => history.Keys.SelectMany(key => Check(history, quiet, key))) : [];

    private IEnumerable<Violation> Check(RunHistory history, Interval quiet, string key)
    {
        var seen = history.Reads(key)
            .Where(read => read.Value is not null && quiet.Contains(read.Begin))
            .DistinctBy(read => promises.AgreementOfLoads ? read.Value : read.Value!.Value with { Maker = 0 })
            .ToList();
        return seen.Count > 1 ? [new Violation(Rule, key, seen)] : [];
    }
}
