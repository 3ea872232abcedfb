namespace Oxcaching.Recovery;

/// <summary>The state of one connection, as its gate and the services behind it tell. Thread-safe.</summary>
/// <param name="answers">Whether calls go to all of Redis at this moment.</param>
/// <param name="time">The clock.</param>
/// <remarks>
/// It decides nothing: the gate does. Invariant: it is healthy only after all that <see cref="Require"/> names was true since
/// Redis was last away.
/// </remarks>
internal sealed class HealthMonitor(Func<bool> answers, TimeProvider time)
{
    private readonly Lock _lock = new();
    private volatile Func<bool>[] _requirements = [];
    private volatile Func<bool>[] _needs = [];
    private volatile Func<IEnumerable<string>>[] _limits = [];
    private bool _wasTried;
    private bool _isBack;
    private bool _isStopped;
    private volatile CacheHealth _current = new() { State = HealthState.Recovering, Since = time.GetUtcNow() };

    /// <summary>Raised in the order of the changes, under a lock: handlers wait for nothing.</summary>
    public event Action<CacheHealth>? Changed;

    /// <summary>Without the pending writes, which are the services'.</summary>
    public CacheHealth Current => _current;

    /// <summary>What else must be so before all is well.</summary>
    public void Require(Func<bool> requirement) => Add(() => _requirements = [.. _requirements, requirement]);

    /// <summary>What must be so for Redis to count as there.</summary>
    public void Need(Func<bool> need) => Add(() => _needs = [.. _needs, need]);

    /// <summary>What it does not do at this moment, though it is there.</summary>
    public void Explain(Func<IEnumerable<string>> limits) => Add(() => _limits = [.. _limits, limits]);

    /// <summary>Remembers an error that changes no state.</summary>
    public void Failed(string error)
    {
        lock (_lock)
        {
            _current = _current with { LastError = error, LastErrorAt = time.GetUtcNow() };
        }
    }

    /// <summary>Redis does not answer.</summary>
    public void Down(string error)
    {
        lock (_lock)
        {
            (_wasTried, _isBack) = (true, false);
            Failed(error);
            Update();
        }
    }

    /// <summary>Redis answers, and who has something waiting for it was told so.</summary>
    public void Back()
    {
        lock (_lock)
        {
            // It may be away again by now.
            (_wasTried, _isBack) = (true, answers());
            Update();
        }
    }

    /// <summary>Looks again: something of what is required has changed.</summary>
    public void Update()
    {
        lock (_lock)
        {
            _current = _current with { Limits = [.. _limits.SelectMany(limits => limits()).Distinct()] };
            var state = State();
            if (_current.State == HealthState.Degraded && state == HealthState.Healthy)
            {
                // It may have had nothing to catch up with; the way there is the same.
                Enter(HealthState.Recovering);
            }

            Enter(state);
        }
    }

    /// <summary>Changes no more: a shutdown is no outage.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
        }
    }

    /// <summary>Services are still added while the connection is watched already.</summary>
    private void Add(Action add)
    {
        lock (_lock)
        {
            add();
        }
    }

    private void Enter(HealthState state)
    {
        if (state != _current.State && !_isStopped)
        {
            _current = _current with { State = state, Since = time.GetUtcNow() };
            Changed?.Invoke(_current);
        }
    }

    private HealthState State() =>
        !_wasTried ? HealthState.Recovering
        : !_isBack || !answers() || !Array.TrueForAll(_needs, need => need()) ? HealthState.Degraded
        : Array.TrueForAll(_requirements, requirement => requirement()) ? HealthState.Healthy
        : HealthState.Recovering;
}
