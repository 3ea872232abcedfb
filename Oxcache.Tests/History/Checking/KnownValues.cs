namespace Oxcaching.Tests.History.Checking;

/// <summary>What is read was made, under that key, and not in the future.</summary>
internal sealed class KnownValues : IHistoryRule
{
    public const string Rule = "a value that nobody made under this key";

    public IEnumerable<Violation> Check(RunHistory history) =>
        from key in history.Keys
        from read in history.Reads(key)
        where read.Value is { } value && !(value.Key == key && history.MakerOf(value)?.Begin <= read.End)
        select new Violation(Rule, key, read);
}
