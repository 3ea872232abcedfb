using System.Diagnostics;
using Oxcaching.Benchmarks.Comparison;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>An operation that is awaited, done by so many callers at once.</summary>
internal sealed class Calls(string name, int callers, Func<int, Task> call) : Contestant(name)
{
    public override int Run(ReadOnlySpan<int> requests)
    {
        RunAsync(requests.ToArray()).GetAwaiter().GetResult();
        return requests.Length;
    }

    /// <summary>The median of the nanoseconds that one call takes, each awaited before the next.</summary>
    public double LatencyOf(ReadOnlySpan<int> requests) => Statistics.Median(TimesAsync(requests.ToArray()).GetAwaiter().GetResult());

    private async Task RunAsync(int[] requests)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(callers, requests.Length)).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < requests.Length; i = Interlocked.Increment(ref next))
            {
                await call(requests[i]);
            }
        }
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
