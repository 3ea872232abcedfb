namespace Oxcaching.Recovery;

/// <summary>Tells the application's handlers of changes, in their order, on threads of the pool. Thread-safe.</summary>
/// <param name="onFailure">Told what a handler has thrown.</param>
/// <remarks>A handler that throws or takes long keeps nobody else from hearing; the latter delays what they hear next.</remarks>
internal sealed class HealthPublisher(Action<Exception> onFailure)
{
    private readonly Lock _lock = new();
    private Task _told = Task.CompletedTask;

    /// <summary>Raised with the sender that was published for.</summary>
    public event EventHandler<CacheHealth>? Changed;

    public void Publish(object? sender, CacheHealth health)
    {
        if (Changed is null)
        {
            return;
        }

        lock (_lock)
        {
            _told = _told.ContinueWith(
                _ => Tell(sender, health), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private void Tell(object? sender, CacheHealth health)
    {
        foreach (var handler in Changed?.GetInvocationList().Cast<EventHandler<CacheHealth>>() ?? [])
        {
            try
            {
                handler(sender, health);
            }
            catch (Exception e)
            {
                onFailure(e);
            }
        }
    }
}
