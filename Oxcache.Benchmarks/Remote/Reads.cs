namespace Oxcaching.Benchmarks.Remote;

/// <summary>Calls with a value for an answer, awaited as an application does: made a task of, some would be an object more.</summary>
internal sealed class Reads(string name, int callers, Func<int, ValueTask<Profile?>> call) : Calls(name, callers, i => call(i).AsTask())
{
    private readonly Func<int, ValueTask<Profile?>> _call = call;

    protected override async Task WorkAsync(Requests requests)
    {
        while (requests.TryNext(out var i))
        {
            await _call(i);
        }
    }
}
