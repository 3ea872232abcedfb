namespace Oxcaching.Benchmarks.Remote;

/// <summary>What callers who call at once share among them. Thread-safe.</summary>
internal sealed class Requests(int[] requests)
{
    private int _next = -1;

    public bool TryNext(out int request)
    {
        var next = Interlocked.Increment(ref _next);
        request = next < requests.Length ? requests[next] : 0;
        return next < requests.Length;
    }
}
