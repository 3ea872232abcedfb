namespace Oxcaching.Tests.Flights;

/// <summary>A body that waits for the test to tell it how to end.</summary>
public sealed class HeldBody<T>
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Func<T>> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    public Task Running => _running.Task;

    public int Runs => Volatile.Read(ref _runs);

    public CancellationToken Token { get; private set; }

    public async ValueTask<T> RunAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _runs);
        Token = cancellationToken;
        _running.TrySetResult();
        var end = await _end.Task;
        return end();
    }

    public void Return(T value) => _end.SetResult(() => value);

    public void Throw(Exception exception) => _end.SetResult(() => throw exception);
}
