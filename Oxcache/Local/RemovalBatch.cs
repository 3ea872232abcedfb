namespace Oxcaching.Local;

/// <summary>What left the cache under its lock, to be told once the lock is free. Most often it is one entry or none.</summary>
internal struct RemovalBatch(Action<LocalEntry, RemovalReason>? listener)
{
    private (LocalEntry Entry, RemovalReason Reason)? _first;
    private List<(LocalEntry Entry, RemovalReason Reason)>? _others;

    public void Add(LocalEntry entry, RemovalReason reason)
    {
        if (listener is null)
        {
            return;
        }

        if (_first is null)
        {
            _first = (entry, reason);
        }
        else
        {
            (_others ??= []).Add((entry, reason));
        }
    }

    /// <summary>Calls the listener for each; outside the lock.</summary>
    public readonly void Tell()
    {
        if (_first is not { } first)
        {
            return;
        }

        listener!(first.Entry, first.Reason);
        foreach (var (entry, reason) in _others ?? [])
        {
            listener(entry, reason);
        }
    }
}
