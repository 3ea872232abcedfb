namespace Oxcaching.Tests.History;

/// <summary>All that happened in a run.</summary>
internal sealed class RunHistory
{
    private readonly Dictionary<long, Operation> _makers;
    private readonly ILookup<string, Operation> _reads;
    private readonly Dictionary<string, Operation[]> _writes;
    private readonly Interval[] _stalls;

    /// <param name="operations">In any order.</param>
    /// <param name="faults">In any order.</param>
    /// <param name="stalls">When the machine was too slow to hold anybody to a time; apart from each other.</param>
    /// <param name="quiets">When nothing was written and all faults had healed, and instances had had their time to agree.</param>
    public RunHistory(
        IEnumerable<Operation> operations, IEnumerable<FaultWindow>? faults = null, IEnumerable<Interval>? stalls = null, IEnumerable<Interval>? quiets = null)
    {
        Operations = [.. operations.OrderBy(operation => operation.Begin)];
        Faults = [.. (faults ?? []).OrderBy(fault => fault.Time.Begin)];
        Quiets = [.. quiets ?? []];
        _stalls = [.. (stalls ?? []).OrderBy(stall => stall.Begin)];
        Keys = [.. Operations.Select(operation => operation.Key).Where(key => key != Operation.AllKeys).Distinct().Order(StringComparer.Ordinal)];
        _makers = Operations.Where(operation => operation is { Kind: OperationKind.Set or OperationKind.Body, Value: not null })
            .ToDictionary(operation => operation.Value!.Value.Maker);
        _reads = Operations.Where(operation => operation.IsRead).ToLookup(operation => operation.Key);
        _writes = Keys.ToDictionary(key => key, key => Operations.Where(operation => operation.IsWrite && operation.Concerns(key)).ToArray());
    }

    public IReadOnlyList<Operation> Operations { get; }

    public IReadOnlyList<FaultWindow> Faults { get; }

    public IReadOnlyList<Interval> Quiets { get; }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>How long the machine was too slow, in all.</summary>
    public TimeSpan Stalled => TimeSpan.FromTicks(_stalls.Sum(stall => (stall.End - stall.Begin).Ticks));

    /// <summary>The body or set that made a value; null if none did.</summary>
    public Operation? MakerOf(Stamp value) => _makers.TryGetValue(value.Maker, out var maker) && maker.Value == value ? maker : null;

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<Operation> Reads(string key) => _reads[key];

    /// <summary>In the order in which they began; a clear writes every key.</summary>
    public ReadOnlySpan<Operation> Writes(string key) => _writes[key];

    /// <summary>The time from one moment to another in which the machine did run.</summary>
    public TimeSpan Running(TimeSpan from, TimeSpan to)
    {
        var stalled = TimeSpan.Zero;
        foreach (var stall in _stalls)
        {
            stalled += stall.Overlap(new Interval(from, to));
        }

        return to - from - stalled;
    }

    /// <summary>The moment by which the machine has run for so long.</summary>
    public TimeSpan After(TimeSpan from, TimeSpan running)
    {
        var end = from + running;
        foreach (var stall in _stalls)
        {
            end += stall.Overlap(new Interval(from, end)) is { Ticks: > 0 } ? stall.End - Later(stall.Begin, from) : TimeSpan.Zero;
        }

        return end;
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
