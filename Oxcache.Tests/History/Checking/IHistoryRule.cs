namespace Oxcaching.Tests.History.Checking;

internal interface IHistoryRule
{
    IEnumerable<Violation> Check(RunHistory history);
}
