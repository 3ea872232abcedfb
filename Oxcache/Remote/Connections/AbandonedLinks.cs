namespace Oxcaching.Remote;

/// <summary>Attempts to connect that nobody waits for any more, and that the client goes on with until they time out. Thread-safe.</summary>
internal sealed class AbandonedLinks
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _closing = [];

    /// <summary>Has the outcome of an attempt closed as soon as there is one.</summary>
    public void Add<T>(Task<T> connecting, Func<T, Task> close)
    {
        var closing = CloseAsync(connecting, close);
        lock (_lock)
        {
            _closing.RemoveWhere(task => task.IsCompleted);
            _closing.Add(closing);
        }
    }

    /// <summary>Completes when all are closed, also those that are added meanwhile.</summary>
    public async Task WhenClosedAsync()
    {
        while (StillClosing() is { Length: > 0 } closing)
        {
            await Task.WhenAll(closing).ConfigureAwait(false);
        }
    }

    private Task[] StillClosing()
    {
        lock (_lock)
        {
            return [.. _closing.Where(task => !task.IsCompleted)];
        }
    }

    private static async Task CloseAsync<T>(Task<T> connecting, Func<T, Task> close)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
        {
            await close(await connecting.ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
