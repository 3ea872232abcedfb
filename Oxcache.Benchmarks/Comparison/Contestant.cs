using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Oxcaching.Benchmarks.Comparison;

/// <summary>An operation under its name, with what was measured of it.</summary>
internal abstract class Contestant(string name)
{
    public string Name { get; } = name;

    /// <summary>One figure per round.</summary>
    public List<double> Rounds { get; } = [];

    public double Median => Statistics.Median(Rounds);

    public static Contestant Of<TOperation>(string name, TOperation operation)
        where TOperation : struct, IOperation => new Looped<TOperation>(name, operation);

    /// <summary>Does the operation for each request.</summary>
    public abstract int Run(ReadOnlySpan<int> requests);

    /// <summary>The nanoseconds per operation by the clock on the wall.</summary>
    public double TimeOf(ReadOnlySpan<int> requests)
    {
        var started = Stopwatch.GetTimestamp();
        Run(requests);
        return Stopwatch.GetElapsedTime(started).TotalNanoseconds / requests.Length;
    }

    /// <summary>The nanoseconds per operation that all threads of the process together computed.</summary>
    public double CpuTimeOf(ReadOnlySpan<int> requests)
    {
        var started = Environment.CpuUsage.TotalTime;
        Run(requests);
        return (Environment.CpuUsage.TotalTime - started).TotalNanoseconds / requests.Length;
    }

    private sealed class Looped<TOperation>(string name, TOperation operation) : Contestant(name)
        where TOperation : struct, IOperation
    {
        private readonly TOperation _operation = operation;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public override int Run(ReadOnlySpan<int> requests)
        {
            var sum = 0;
            foreach (var request in requests)
            {
                sum += _operation.Invoke(request);
            }

            return sum;
        }
    }
}
