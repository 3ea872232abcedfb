using System.Collections.Concurrent;
using System.Diagnostics;

namespace Oxcaching.Tests.History.Running;

/// <summary>Writes down what happens, by one clock for all. Thread-safe.</summary>
internal sealed class HistoryRecorder
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Operation> _operations = new();
    private readonly ConcurrentQueue<FaultWindow> _faults = new();
    private readonly ConcurrentQueue<Interval> _stalls = new();
    private readonly ConcurrentQueue<Interval> _quiets = new();
    private long _makers;

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>A number for a body or a set.</summary>
    public long NewMaker() => Interlocked.Increment(ref _makers);

    public void Add(Operation operation) => _operations.Enqueue(operation);

    public void Add(FaultWindow fault) => _faults.Enqueue(fault);

    public void AddStall(Interval stall) => _stalls.Enqueue(stall);

    public void AddQuiet(Interval quiet) => _quiets.Enqueue(quiet);

    public RunHistory ToHistory() => new(_operations, _faults, _stalls, _quiets);
}
