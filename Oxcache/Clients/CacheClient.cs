using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Remote;

namespace Oxcaching.Clients;

/// <summary>What every client does, whatever levels it has: check arguments, and fly.</summary>
internal abstract class CacheClient(ServiceParts parts) : ICacheClient, IFlightPlan
{
    private static readonly TimeSpan LongestTtl = TimeSpan.FromDays(30);

    public string Service => parts.Settings.Name;

    public CacheHealth Health => parts.Health.Current;

    public event EventHandler<CacheHealth>? HealthChanged
    {
        add => parts.Health.Changed += value;
        remove => parts.Health.Changed -= value;
    }

    /// <summary>The levels this client reads and writes.</summary>
    public abstract CacheType Levels { get; }

    /// <summary>The L1 that answers this client's reads; null when it has none.</summary>
    public abstract ILocalCache? Front { get; }

    public ClaimTable Claims => parts.Claims;

    public FlightDeadlines Deadlines => parts.Deadlines;

    protected ServiceParts Parts => parts;

    public ValueTask<T?> GetAsync<T>(string key, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Front?.Find(key) is LocalEntry<T> entry ? new(entry.Value) : ReadAsync<T, T?, ValueAnswer<T>>(key, ct);
    }

    public ValueTask<CacheLookup<T>> TryGetAsync<T>(string key, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Front?.Find(key) is LocalEntry<T> entry ? new(new CacheLookup<T>(entry.Value)) : ReadAsync<T, CacheLookup<T>, WholeAnswer<T>>(key, ct);
    }

    public ValueTask SetAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        CheckTtl(ttl);
        ct.ThrowIfCancellationRequested();
        return IsStored(value) ? WriteAsync(key, value, ttl, ct) : new(RemoveAsync(key, ct).AsTask());
    }

    public abstract ValueTask SetL1OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default);

    public abstract ValueTask SetL2OnlyAsync<T>(string key, T value, TimeSpan? ttl = null, CancellationToken ct = default);

    public ValueTask<T> GetOrSetAsync<T>(
        string key, Func<CancellationToken, ValueTask<T>> factory, TimeSpan? ttl = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(factory);
        CheckTtl(ttl);
        var hash = KeyHash.Of(key);
        return Front?.Find(key, hash) is LocalEntry<T> entry
            ? new(entry.Value)
            : new(LoadAsync<T, FactoryBody<T>>(key, hash, new(factory), Terms(ttl, cacheNull: true), ct));
    }

    public ValueTask<bool> DeleteAsync(string key, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ct.ThrowIfCancellationRequested();
        return RemoveAsync(key, ct);
    }

    public async ValueTask<IReadOnlyDictionary<string, T?>> GetManyAsync<T>(IEnumerable<string> keys, CancellationToken ct = default)
    {
        var reads = Distinct(keys).Select(key => (Key: key, Lookup: TryGetAsync<T>(key, ct))).ToList();
        var found = new Dictionary<string, T?>(reads.Count, StringComparer.Ordinal);
        foreach (var (key, lookup) in reads)
        {
            if ((await lookup.ConfigureAwait(false)) is { Found: true } hit)
            {
                found.Add(key, hit.Value);
            }
        }

        return found;
    }

    public ValueTask SetManyAsync<T>(IEnumerable<KeyValuePair<string, T>> values, TimeSpan? ttl = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckTtl(ttl);
        var last = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            ArgumentException.ThrowIfNullOrEmpty(key, nameof(values));
            last[key] = value;
        }

        ct.ThrowIfCancellationRequested();
        return WriteManyAsync(last, ttl, ct);
    }

    public ValueTask<int> DeleteManyAsync(IEnumerable<string> keys, CancellationToken ct = default)
    {
        var distinct = Distinct(keys);
        ct.ThrowIfCancellationRequested();
        return RemoveManyAsync(distinct, ct);
    }

    public ValueTask<IAsyncDisposable?> TryLockAsync(string key, TimeSpan ttl, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(ttl, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ttl, LongestTtl);
        ct.ThrowIfCancellationRequested();
        return LockAsync(key, ttl, ct);
    }

    public ValueTask<bool> ExistsAsync(string key, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return Front?.Find(key) is not null ? new(true) : ContainsAsync(key, ct);
    }

    public abstract ValueTask ClearAsync(CancellationToken ct = default);

    /// <summary>The terms of a load through this client.</summary>
    public LoadTerms Terms(TimeSpan? ttl, bool cacheNull) => new(Levels, ttl, cacheNull && parts.Settings.CacheNull);

    /// <summary>The same service through those of its levels that a method asks for; null when it has none of them.</summary>
    public virtual CacheClient? Narrow(CacheType cacheType) => cacheType == CacheType.Inherit || (cacheType & Levels) != 0 ? this : null;

    /// <summary>Answers a miss of L1: joins the key's flight, or starts it.</summary>
    public Task<T> LoadAsync<T, TBody>(string key, uint hash, TBody body, LoadTerms terms, CancellationToken cancellationToken)
        where TBody : struct, IFlightBody<T>
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        if (parts.IsClosing)
        {
            return RunDirectly<T, TBody>(body, cancellationToken);
        }

        var current = Flight.Current;
        var started = false;
        Flight<T>? flight;
        using (var scope = Claims.Enter(key, hash))
        {
            // A flight stores in L1 under this lock before it leaves, so the key is never without both.
            if (Front?.Find(key, hash) is LocalEntry<T> entry)
            {
                return entry.Task;
            }

            flight = scope.FindFlight<T>(terms);
            if (flight is null)
            {
                flight = new Flight<T, TBody>(key, hash, terms, this, cancellationToken.CanBeCanceled, body) { TookOff = Deadlines.Now };
                scope.Add(flight);
                started = true;
            }

            if (current is null || FlightGraph.TryWait(current, flight))
            {
                flight.Join();
            }
            else
            {
                flight = null;
            }
        }

        if (flight is null)
        {
            return RunDirectly<T, TBody>(body, cancellationToken);
        }

        if (started)
        {
            flight.Start();
        }

        var outcome = flight.WaitAsync(cancellationToken);
        return current is null ? outcome : EndWaitAfter(outcome, current, flight);
    }

    public abstract ValueTask<T> FlyAsync<T>(Flight<T> flight, CancellationToken cancellationToken);

    public void FlightStarted() => parts.Outstanding.Begin();

    public void FlightEnded() => parts.Outstanding.End();

    public void FlightOverdue(string key) => parts.Events.Overdue(key, Deadlines.Timeout);

    public void FlightFault(Exception exception) => parts.Events.Internal(exception);

    /// <summary>Reads what L1 did not have.</summary>
    protected abstract ValueTask<TAnswer> ReadAsync<T, TAnswer, TShape>(string key, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer>;

    protected abstract ValueTask WriteAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken);

    protected abstract ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken);

    protected abstract ValueTask WriteManyAsync<T>(IReadOnlyDictionary<string, T> values, TimeSpan? ttl, CancellationToken cancellationToken);

    protected abstract ValueTask<int> RemoveManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    protected abstract ValueTask<IAsyncDisposable?> LockAsync(string key, TimeSpan ttl, CancellationToken cancellationToken);

    /// <summary>Whether a level behind L1 has it.</summary>
    protected abstract ValueTask<bool> ContainsAsync(string key, CancellationToken cancellationToken);

    /// <summary>The TTL in L2: the one asked for, else the service's.</summary>
    protected TimeSpan RemoteTtl(TimeSpan? ttl) => ttl ?? parts.Settings.Ttl;

    /// <summary>The TTL in L1, which L1's own setting caps.</summary>
    protected TimeSpan LocalTtl(TimeSpan? ttl)
    {
        var wanted = RemoteTtl(ttl);
        return parts.Settings.Local is { } local && local.Ttl < wanted ? local.Ttl : wanted;
    }

    /// <summary>Whether a value is stored, or its key deleted in its place.</summary>
    protected bool IsStored<T>(T value) => value is not null || parts.Settings.CacheNull;

    private static HashSet<string> Distinct(IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            ArgumentException.ThrowIfNullOrEmpty(key, nameof(keys));
            distinct.Add(key);
        }

        return distinct;
    }

    private static void CheckTtl(TimeSpan? ttl)
    {
        if (ttl is { } given && (given <= TimeSpan.Zero || given > LongestTtl))
        {
            throw new ArgumentOutOfRangeException(nameof(ttl), given, "A TTL is more than zero and at most 30 days.");
        }
    }

    /// <summary>For a body that asks, directly or not, for the key it is itself being run for.</summary>
    private Task<T> RunDirectly<T, TBody>(TBody body, CancellationToken cancellationToken)
        where TBody : struct, IFlightBody<T>
    {
        parts.Events.Load();
        try
        {
            return body.InvokeAsync(cancellationToken).AsTask();
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private static Task<T> EndWaitAfter<T>(Task<T> outcome, Flight waiter, Flight awaited)
    {
        outcome.ContinueWith(
            _ => FlightGraph.EndWait(waiter, awaited),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return outcome;
    }
}
