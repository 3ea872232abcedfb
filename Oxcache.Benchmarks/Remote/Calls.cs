using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>An operation that is awaited, done by so many callers at once.</summary>
internal class Calls(string name, int callers, Func<int, Task> call) : Contestant(name)
{
    public override int Run(ReadOnlySpan<int> requests)
    {
        RunAsync(requests.ToArray()).GetAwaiter().GetResult();
        return requests.Length;
    }

    /// <summary>The median of the nanoseconds that one call takes, each awaited before the next.</summary>
    public double LatencyOf(ReadOnlySpan<int> requests) => Statistics.Median(TimesAsync(requests.ToArray()).GetAwaiter().GetResult());

    /// <summary>One caller.</summary>
    protected virtual async Task WorkAsync(Requests requests)
    {
        while (requests.TryNext(out var i))
        {
            await call(i);
        }
    }

    private Task RunAsync(int[] requests)
    {
        var shared = new Requests(requests);
        return Task.WhenAll(Enumerable.Range(0, Math.Min(callers, requests.Length)).Select(_ => WorkAsync(shared)));
    }

    private async Task<double[]> TimesAsync(int[] requests)
    {
        var times = new double[requests.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call(requests[i]);
            times[i] = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        }

        return times;
    }
}
