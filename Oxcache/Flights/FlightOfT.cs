namespace Oxcaching.Flights;

/// <summary>A load that concurrent callers of one key share: each gets its one outcome, and leaves by his own token.</summary>
/// <remarks>
/// The waiters are counted under the key's lock. When the last has left, the token of the body is cancelled, and the flight is
/// overtaken: its key is free.
/// </remarks>
internal abstract class Flight<T>(string key, uint hash, LoadTerms terms, IFlightPlan plan, bool canBeAbandoned) : Flight(key, hash)
{
    /// <summary>Null when the first caller cannot leave, so that there is always one who waits.</summary>
    private readonly CancellationTokenSource? _abandoned = canBeAbandoned ? new() : null;

    /// <summary>What the callers get who ask before it has landed. Made for the first of them: mostly there is none.</summary>
    private TaskCompletionSource<T>? _promise;

    /// <summary>What the callers get who ask afterwards; null until it has landed.</summary>
    private Task<T>? _result;

    /// <summary>The body's own task, or the one that is kept in its place.</summary>
    private Task<T>? _body;
    private int _waiters;

    public LoadTerms Terms => terms;

    private bool HasLanded => Volatile.Read(ref _result) is not null;

    /// <summary>Counts one more caller. Under the key's lock.</summary>
    public void Join() => _waiters++;

    /// <summary>
    /// Takes off. The body runs neither on the caller's SynchronizationContext nor on his scheduler, for he may leave; his
    /// AsyncLocals and culture come along.
    /// </summary>
    public void Start()
    {
        plan.FlightStarted();
        plan.Deadlines.Watch();
        if (SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default)
        {
            Fly();
        }
        else
        {
            _ = Task.Run(Fly);
        }
    }

    /// <summary>The outcome for one caller who has joined.</summary>
    public Task<T> WaitAsync(CancellationToken cancellationToken)
    {
        var outcome = Outcome();
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
        using (var scope = plan.Claims.Enter(this))
        {
            last = --_waiters == 0 && !HasLanded;
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
        _body = InvokeAsync(cancellationToken).AsTask();
        return new ValueTask<T>(_body);
    }

    /// <summary>
    /// The completed task for L1 to keep beside the value, where hits will want one; made here, they are neighbours in memory. It is
    /// never the body's own, which may hold on to the body's state and context.
    /// </summary>
    public Task<T>? TaskToKeep(T value) => HitsWantTasks ? _body = Task.FromResult(value) : null;

    protected abstract bool HitsWantTasks { get; }

    protected abstract ValueTask<T> InvokeAsync(CancellationToken cancellationToken);

    private Task<T> Outcome()
    {
        if (Volatile.Read(ref _result) is { } result)
        {
            return result;
        }

        if (_promise is null)
        {
            Interlocked.CompareExchange(ref _promise, new(TaskCreationOptions.RunContinuationsAsynchronously), null);
        }

        // Looked at once more after the promise is there to be seen: whoever lands either finds it, or was here before.
        return Volatile.Read(ref _result) ?? _promise.Task;
    }

    private void Fly()
    {
        var flying = plan.FlyAsync(this, _abandoned?.Token ?? CancellationToken.None);
        if (flying.IsCompletedSuccessfully)
        {
            Land(flying.Result);
        }
        else
        {
            _ = FlyOnAsync(flying);
        }
    }

    private async Task FlyOnAsync(ValueTask<T> flying)
    {
        try
        {
            Land(await flying.ConfigureAwait(false));
        }
        catch (Exception e)
        {
            Crash(e);
        }
    }

    private void Land(T value) => End(_body is { IsCompletedSuccessfully: true } body ? body : Task.FromResult(value));

    /// <summary>Passes a failure on exactly as the body's own task has it: all its exceptions, or its cancellation.</summary>
    private void Crash(Exception e)
    {
        var result = _body is { IsCompleted: true, IsCompletedSuccessfully: false } body ? body : Task.FromException<T>(e);
        End(result);
        using var scope = plan.Claims.Enter(this);
        if (_waiters == 0)
        {
            // Everybody has left, so nobody will look at it.
            _ = result.Exception;
            _ = _promise?.Task.Exception;
        }
    }

    private void End(Task<T> result)
    {
        if (IsListed || IsQueued)
        {
            using var scope = plan.Claims.Enter(this);
            scope.Remove(this);
        }

        Interlocked.Exchange(ref _result, result);
        _promise?.SetFromTask(result);
        plan.FlightEnded();
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

    internal override void Expire()
    {
        using (var scope = plan.Claims.Enter(this))
        {
            if (HasLanded)
            {
                return;
            }

            scope.Overtake(this);
        }

        plan.FlightOverdue(Key);
    }
}
