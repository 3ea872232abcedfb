namespace Oxcaching.Flights;

/// <summary>A load that concurrent callers of one key share: each gets its one outcome, and leaves by his own token.</summary>
/// <remarks>
/// The waiters are counted under the key's lock. When the last has left, the token of the body is cancelled, and the flight is
/// overtaken: its key is free.
/// </remarks>
internal abstract class Flight<T>(string key, LoadTerms terms, IFlightPlan plan, bool canBeAbandoned) : Flight(key)
{
    private readonly TaskCompletionSource<T> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null when the first caller cannot leave, so that there is always one who waits.</summary>
    private readonly CancellationTokenSource? _abandoned = canBeAbandoned ? new() : null;
    private Task<T>? _body;
    private int _waiters;

    public LoadTerms Terms => terms;

    /// <summary>Counts one more caller. Under the key's lock.</summary>
    public void Join() => _waiters++;

    /// <summary>
    /// Takes off. The body runs neither on the caller's SynchronizationContext nor on his scheduler, for he may leave; his
    /// AsyncLocals and culture come along.
    /// </summary>
    public void Start()
    {
        plan.FlightStarted();
        if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
        {
            _ = RunAsync();
        }
        else
        {
            _ = Task.Run(RunAsync);
        }
    }

    /// <summary>The outcome for one caller who has joined.</summary>
    public Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        var outcome = _outcome.Task;
        if (!cancellationToken.CanBeCanceled || outcome.IsCompleted)
        {
            return outcome;
        }

        var waiting = outcome.WaitAsync(cancellationToken);
        waiting.ContinueWith(
            static (_, flight) => ((Flight<T>)flight!).Leave(),
            this,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnCanceled | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return waiting;
    }

    /// <summary>Gives up a place that was taken by <see cref="Join"/>.</summary>
    public void Leave()
    {
        bool last;
        using (var scope = plan.Claims.Enter(Key))
        {
            last = --_waiters == 0 && !_outcome.Task.IsCompleted;
            if (last)
            {
                scope.Overtake(this);
            }
        }

        if (last)
        {
            _ = CancelBodyAsync();
        }
    }

    /// <summary>Runs the body, once, as a part of this flight.</summary>
    public ValueTask<T> InvokeBodyAsync(CancellationToken cancellationToken)
    {
        Current = this;
        var running = InvokeAsync(cancellationToken);
        if (running.IsCompletedSuccessfully)
        {
            return running;
        }

        _body = running.AsTask();
        return new ValueTask<T>(_body);
    }

    protected abstract ValueTask<T> InvokeAsync(CancellationToken cancellationToken);

    private async Task RunAsync()
    {
        plan.Deadlines.Add(this);
        try
        {
            var value = await plan.FlyAsync(this, _abandoned?.Token ?? CancellationToken.None).ConfigureAwait(false);
            Retire();
            _outcome.SetResult(value);
        }
        catch (Exception e)
        {
            Retire();
            Fail(e);
        }
        finally
        {
            plan.Deadlines.Remove(this);
            plan.FlightEnded();
        }
    }

    /// <summary>What is registered on the token is the application's: it shall not run on the leaving caller's thread, and may throw.</summary>
    private async Task CancelBodyAsync()
    {
        try
        {
            await _abandoned!.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            plan.FlightFault(e);
        }
    }

    private void Retire()
    {
        if (!IsListed)
        {
            return;
        }

        using var scope = plan.Claims.Enter(Key);
        scope.Remove(this);
    }

    /// <summary>Passes a failure on exactly as the body's own task has it: all its exceptions, or its cancellation.</summary>
    private void Fail(Exception e)
    {
        if (_body is { IsCompleted: true, IsCompletedSuccessfully: false } body)
        {
            _outcome.SetFromTask(body);
        }
        else
        {
            _outcome.SetException(e);
        }

        using var scope = plan.Claims.Enter(Key);
        if (_waiters == 0)
        {
            // Everybody has left, so nobody will look at it.
            _ = _outcome.Task.Exception;
        }
    }

    internal override void Expire()
    {
        using (var scope = plan.Claims.Enter(Key))
        {
            if (_outcome.Task.IsCompleted)
            {
                return;
            }

            scope.Overtake(this);
        }

        plan.FlightOverdue(Key);
    }
}
