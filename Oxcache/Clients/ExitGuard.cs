namespace Oxcaching.Clients;

/// <summary>Shuts down what is still open when the process ends. Thread-safe.</summary>
internal static class ExitGuard
{
    /// <summary>The end of a process waits for no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(900);

    private static readonly Lock Lock = new();
    private static readonly HashSet<CacheManager> Open = [];

    public static void Add(CacheManager manager)
    {
        lock (Lock)
        {
            if (Open.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit += OnExit;
            }

            Open.Add(manager);
        }
    }

    public static void Remove(CacheManager manager)
    {
        lock (Lock)
        {
            if (Open.Remove(manager) && Open.Count == 0)
            {
                AppDomain.CurrentDomain.ProcessExit -= OnExit;
            }
        }
    }

    private static void OnExit(object? sender, EventArgs e)
    {
        Task[] closing;
        lock (Lock)
        {
            closing = [.. Open.Select(manager => manager.ShutdownSoonAsync())];
        }

        Task.WaitAll(closing, Patience);
    }
}
