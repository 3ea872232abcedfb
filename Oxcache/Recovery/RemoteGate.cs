using Microsoft.Extensions.Logging;
using Oxcaching.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Timing;

namespace Oxcaching.Recovery;

/// <summary>Keeps calls away from a Redis that does not answer, and finds out when it does again. One per connection; thread-safe.</summary>
/// <remarks>
/// Invariant: while the gate is shut no call waits. It shuts when the connection is lost or a probe fails; a probe that is answered
/// opens it. Probes come with a pause that grows while not all is well, and is soon at its longest: Redis shall not be back for long
/// before that is known. One that comes and goes is let in again only after a pause that each time grows, until there was a while of
/// peace. Of a cluster a part may be down behind an open gate.
/// </remarks>
internal sealed class RemoteGate : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);
    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly RedisConnection _connection;
    private readonly TimeSpan _healthCheckInterval;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstProbe = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<string> _reasons = [];
    private Task _monitor = Task.CompletedTask;
    private bool _isMended;
    private volatile TaskCompletionSource _wake = new();
    private volatile GateState _state = GateState.Connecting;

    /// <summary>Why Redis, though it is there, is of no use; null: it is not that.</summary>
    private volatile string? _limit;

    public RemoteGate(RedisConnection connection, TimeSpan healthCheckInterval, ILogger logger)
    {
        _connection = connection;
        _healthCheckInterval = healthCheckInterval;
        _logger = logger;
        Health = new HealthMonitor(() => IsOpen && !connection.IsAnyDown, connection.Time);
        Health.Explain(() => _limit is { } limit ? [limit] : []);
        connection.Lost += Shut;
        connection.Restored += Wake;
        connection.Doubted += OnDoubted;
        connection.Replaced += OnReplaced;
        connection.Regained += OnRegained;
    }

    /// <summary>Told of all that the gate finds out.</summary>
    public HealthMonitor Health { get; }

    /// <summary>Why a shut gate is shut.</summary>
    public string Reason => _stopping.IsCancellationRequested ? "This cache was shut down." : "Redis is down.";

    /// <summary>Raised from any thread when calls may go to Redis again, or to one more of its primaries.</summary>
    public event Action? Opened;

    /// <summary>Whether calls go to Redis.</summary>
    public bool IsOpen => _state == GateState.Open;

    /// <summary>Whether calls are kept away from Redis; false also while the first attempt to connect is under way.</summary>
    public bool IsShut => _state == GateState.Shut;

    private bool IsWell => _state == GateState.Open && _connection.IsWhole;

    /// <summary>Completes with the first attempt to connect, whatever came of it.</summary>
    public Task FirstProbe => _firstProbe.Task;

    /// <summary>Begins to connect, and to watch. Called once.</summary>
    public void Start() => _monitor = Task.Run(MonitorAsync);

    /// <summary>Makes a call if Redis is up.</summary>
    /// <param name="call">Sends commands; throws <see cref="RemoteException"/>. If the gate is open it has run up to its first wait when this method returns.</param>
    /// <param name="deadline">When to give up waiting for the first connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<Answer<T>> CallAsync<T>(Func<ValueTask<T>> call, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await EnterAsync(deadline, cancellationToken).ConfigureAwait(false) ? Answer<T>.Of(await call().ConfigureAwait(false)) : Answer<T>.Skipped;
        }
        catch (RemoteException e)
        {
            return Answer<T>.Without(e);
        }
    }

    /// <summary>Whether a call may be made; waits for the first connection. Completes at once afterwards.</summary>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<bool> EnterAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        return _state == GateState.Connecting ? WaitAsync() : new(IsOpen);

        async ValueTask<bool> WaitAsync()
        {
            await ConnectedAsync(deadline, cancellationToken).ConfigureAwait(false);
            return IsOpen;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Lost -= Shut;
        _connection.Restored -= Wake;
        _connection.Doubted -= OnDoubted;
        _connection.Replaced -= OnReplaced;
        _connection.Regained -= OnRegained;
        Health.Stop();
        _state = GateState.Shut;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _monitor.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ConnectedAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            await _firstProbe.Task.WaitAsync(deadline.Remaining, deadline.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // One wait is enough to know; the next call shall not repeat it.
            Shut("No connection yet.");
        }
    }

    private void Shut(string reason)
    {
        var wasShut = Interlocked.Exchange(ref _state, GateState.Shut) == GateState.Shut;
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (IsNews(reason))
        {
            Log.RemoteDown(_logger, _connection.Address.ToString(), reason);
        }

        Health.Down(reason);
        if (!wasShut)
        {
            Wake();
        }
    }

    /// <summary>Whether this outage has not been blamed on it yet: the first reason that shows is often not the last, nor the best.</summary>
    private bool IsNews(string reason)
    {
        lock (_reasons)
        {
            return _reasons.Add(reason);
        }
    }

    private void Open()
    {
        lock (_reasons)
        {
            _reasons.Clear();
        }

        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        var wasShut = Interlocked.Exchange(ref _state, GateState.Open) != GateState.Open;
        if (wasShut)
        {
            Log.RemoteUp(_logger, _connection.Address.ToString());
        }

        // One primary of several may be back, or have a successor, while the others were never away.
        var isMended = Interlocked.Exchange(ref _isMended, false);
        if (wasShut || isMended)
        {
            Opened?.Invoke();
        }

        Health.Back();
    }

    private void OnDoubted(string? reason)
    {
        if (reason is not null)
        {
            Health.Failed(reason);
        }

        Health.Update();
        Wake();
    }

    private void OnReplaced(ReplacementReason reason)
    {
        if (reason == ReplacementReason.Primary)
        {
            Volatile.Write(ref _isMended, true);
            Log.PrimaryReplaced(_logger, _connection.Address.ToString(), _connection.PrimaryNames);
        }
    }

    private void OnRegained()
    {
        Volatile.Write(ref _isMended, true);
        Wake();
    }

    private void Wake() => _wake.TrySetResult();

    /// <summary>Probes: rarely while all is well, which also keeps the clock, and with a growing pause while it is not.</summary>
    private async Task MonitorAsync()
    {
        var pause = ShortestPause;
        var damping = TimeSpan.Zero;
        try
        {
            while (true)
            {
                var wake = NewWake();
                if (!await ProbeAsync().ConfigureAwait(false) || !IsWell)
                {
                    await SleepAsync(Jittered(pause), NewWake()).ConfigureAwait(false);
                    pause = Longer(pause);
                    continue;
                }

                var stayedWell = await StaysWellAsync(wake).ConfigureAwait(false);
                pause = ShortestPause;
                damping = IsOpen || stayedWell >= StableAfter ? TimeSpan.Zero : Longer(damping);

                // What comes and goes is not let in again the moment that it comes.
                await SleepAsync(Jittered(damping > pause ? damping : pause), damping > pause ? Never : NewWake()).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            _firstProbe.TrySetResult();
        }
    }

    /// <summary>Until something is wrong, or was since the wake was made.</summary>
    private async Task<TimeSpan> StaysWellAsync(Task wake)
    {
        var start = _connection.Time.GetTimestamp();
        do
        {
            await SleepAsync(_healthCheckInterval, wake).ConfigureAwait(false);
            wake = NewWake();
        }
        while (IsWell && await ProbeAsync().ConfigureAwait(false) && IsWell);
        return _connection.Time.GetElapsedTime(start);
    }

    private TimeSpan Longer(TimeSpan pause)
    {
        var longer = pause < ShortestPause ? ShortestPause : pause * 2;
        return longer < LongestPause ? longer : LongestPause;
    }

    private static TimeSpan Jittered(TimeSpan pause) => pause * (0.75 + (Random.Shared.NextDouble() / 4));

    private async Task<bool> ProbeAsync()
    {
        try
        {
            await _connection.ProbeAsync(_stopping.Token).ConfigureAwait(false);
            _limit = null;
            Open();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stopping.IsCancellationRequested)
        {
            // Whatever it was, Redis did not answer; and this loop must not end.
            _limit = e is RemoteException { Limit: not RemoteLimit.None } ? e.Message : null;
            Shut(e is RemoteException ? e.Message : $"The probe failed: {e.GetType().Name}.");
            return false;
        }
        finally
        {
            _firstProbe.TrySetResult();
        }
    }

    private Task NewWake()
    {
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _wake = wake;
        return wake.Task;
    }

    /// <summary>Until the time is over or somebody wakes it.</summary>
    private async Task SleepAsync(TimeSpan time, Task wake)
    {
        try
        {
            await wake.WaitAsync(time, _connection.Time, _stopping.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The time is over.
        }
    }
}
