using Oxcaching.Recovery;
using Oxcaching.Remote;

namespace Oxcaching.Clients;

/// <summary>A lease that others may be waiting for, kept fresh while its load's body runs.</summary>
internal sealed class HeldLease : IDisposable
{
    public static readonly HeldLease None = new();

    private readonly Func<TimeSpan, Task>? _touch;
    private readonly CancellationTokenSource? _done;
    private bool _isPassed;

    public HeldLease(GuardedRemote remote, string key, Head lease, TimeSpan freshFor, TimeProvider time)
    {
        _touch = fresh => remote.TouchAsync(key, lease, fresh).AsTask();
        _done = new CancellationTokenSource();
        _ = RenewAsync(freshFor, time, _done.Token);
    }

    private HeldLease()
    {
    }

    /// <summary>The value is on its way: the fill tells those who wait.</summary>
    public void Pass()
    {
        if (_touch is not null)
        {
            _isPassed = true;
        }
    }

    /// <summary>Lets go of the lease. Without a value those who wait are told to make their own.</summary>
    public void Dispose()
    {
        _done?.Cancel();
        if (!_isPassed)
        {
            // The other instances notice a lease that is not renewed, too.
            _ = _touch?.Invoke(TimeSpan.Zero);
        }
    }

    private async Task RenewAsync(TimeSpan freshFor, TimeProvider time, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(freshFor / 3, time, done).ConfigureAwait(false);
                await _touch!(freshFor).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The body has come to its end.
        }
    }
}
