using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;
using Oxcaching.Remote;

namespace Oxcaching.Clients;

/// <summary>A client with an L2; with an L1 in front of it, or without.</summary>
/// <remarks>
/// Invariant: an entry goes into L1 only under a claim that was made before L2 was asked and that nothing has overtaken since.
/// A write overtakes the key's claims when it starts and when its answer comes, for in between a load may have read what the
/// write replaces. A write that gets no answer may have happened; it counts as answered.
/// </remarks>
internal abstract class RemoteClient(ServiceParts parts, GuardedRemote remote) : CacheClient(parts)
{
    public override async ValueTask ClearAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        ForgetAll();
        try
        {
            await remote.ClearAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            ForgetAll();
        }
    }

    public override async ValueTask<T> FlyAsync<T>(Flight<T> flight, CancellationToken cancellationToken)
    {
        var deadline = remote.NewDeadline();
        var read = await remote.ReadAsync<T>(flight.Key, deadline, cancellationToken).ConfigureAwait(false);
        if (read.Value is { Hit: true } found)
        {
            Promote(flight, found, flight.Terms.Ttl);
            return found.Value!;
        }

        var lease = read.HasValue
            ? await remote.LeaseAsync(flight.Key, deadline, cancellationToken).ConfigureAwait(false)
            : Answer<Head>.Without(read.Error);
        if (lease is { HasValue: true, Value.Kind: RecordKind.Value } && !lease.Value.Equals(read.Value.Head))
        {
            // Somebody stored a value in between.
            read = await remote.ReadAsync<T>(flight.Key, deadline, cancellationToken).ConfigureAwait(false);
            if (read.Value is { Hit: true } stored)
            {
                Promote(flight, stored, flight.Terms.Ttl);
                return stored.Value!;
            }
        }

        // An answer may arrive on the thread that reads all the connection's answers; the body must not hold it up.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        Parts.Events.Load();
        var value = await flight.InvokeBodyAsync(cancellationToken).ConfigureAwait(false);
        Publish(flight, value, lease);
        return value;
    }

    protected override async ValueTask<CacheLookup<T>> ReadAsync<T>(string key, CancellationToken cancellationToken)
    {
        var claim = new Claim(key);
        Enter(claim);
        try
        {
            var read = await remote.ReadAsync<T>(key, remote.NewDeadline(), cancellationToken).ConfigureAwait(false);
            if (read.Value is not { Hit: true } found)
            {
                return CacheLookup<T>.Miss;
            }

            Promote(claim, found, ttl: null);
            return new CacheLookup<T>(found.Value);
        }
        finally
        {
            using var scope = Claims.Enter(key);
            scope.Remove(claim);
        }
    }

    protected override async ValueTask WriteAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var started = Parts.Time.GetTimestamp();
        var claim = BeginWrite(key, drop: false, out _);
        LocalEntry? entry = null;
        try
        {
            await remote.SetAsync(key, value, RemoteTtl(ttl), remote.NewDeadline(), cancellationToken).ConfigureAwait(false);
            entry = new LocalEntry<T>(value);
        }
        finally
        {
            EndWrite(claim, entry, LocalTtl(ttl) - Parts.Time.GetElapsedTime(started));
        }
    }

    protected override async ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        var claim = BeginWrite(key, drop: true, out var wasLocal);
        try
        {
            var answer = await remote.DeleteAsync(key, remote.NewDeadline(), cancellationToken).ConfigureAwait(false);
            return wasLocal || answer.Value;
        }
        finally
        {
            EndWrite(claim, entry: null, default);
        }
    }

    protected override async ValueTask<bool> ContainsAsync(string key, CancellationToken cancellationToken) =>
        (await remote.ExistsAsync(key, remote.NewDeadline(), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Stores a value that was read in L2 into L1, under the key's lock.</summary>
    protected abstract void KeepRead<T>(string key, LocalEntry<T> entry, TimeSpan ttl);

    /// <summary>Stores a value that was made or set here into L1, under the key's lock; false when this client has none.</summary>
    protected abstract bool KeepOwn(string key, LocalEntry entry, TimeSpan ttl);

    private void Enter(Claim claim)
    {
        using var scope = Claims.Enter(claim.Key);
        scope.Add(claim);
    }

    private Claim BeginWrite(string key, bool drop, out bool wasLocal)
    {
        var claim = new Claim(key);
        using var scope = Claims.Enter(key);
        scope.Overtake();
        scope.Add(claim);
        wasLocal = drop && Parts.Local?.Remove(key) == true;
        return claim;
    }

    /// <summary>Overtakes whatever began meanwhile. Of two writes that overlapped here neither stays in L1: Redis alone knows which was last.</summary>
    private void EndWrite(Claim claim, LocalEntry? entry, TimeSpan ttl)
    {
        using var scope = Claims.Enter(claim.Key);
        var overtaken = claim.IsOvertaken;
        scope.Overtake();
        if (overtaken || entry is null || ttl <= TimeSpan.Zero || !KeepOwn(claim.Key, entry, ttl))
        {
            Parts.Local?.Remove(claim.Key);
        }
    }

    private void ForgetAll()
    {
        Claims.OvertakeAll();
        Parts.Local?.Clear();
    }

    private void Promote<T>(Claim claim, RemoteRead<T> read, TimeSpan? ttl)
    {
        var capped = LocalTtl(ttl);
        using var scope = Claims.Enter(claim.Key);
        if (!claim.IsOvertaken)
        {
            KeepRead(claim.Key, new LocalEntry<T>(read.Value!), read.Remaining < capped ? read.Remaining : capped);
        }
    }

    /// <summary>Stores what a body made. It is in L1, and on its way to L2, before any caller has it; nobody waits for L2.</summary>
    /// <remarks>
    /// Without a lease the value goes into L1 alone, and only where L2 was known to be down: after a lease that failed, another
    /// instance may have changed the key meanwhile, and nothing would tell.
    /// </remarks>
    private void Publish<T>(Flight<T> flight, T value, Answer<Head> lease)
    {
        if ((value is null && !flight.Terms.CacheNull) || lease.Error is not null)
        {
            return;
        }

        ValueTask<Answer<bool>>? filling = lease.HasValue && !flight.IsOvertaken
            ? remote.FillAsync(flight.Key, value, lease.Value, RemoteTtl(flight.Terms.Ttl))
            : null;
        var entry = new LocalEntry<T>(value);
        bool kept;
        using (var scope = Claims.Enter(flight.Key))
        {
            scope.Remove(flight);
            kept = !flight.IsOvertaken && KeepOwn(flight.Key, entry, LocalTtl(flight.Terms.Ttl));
        }

        if (filling is { } sent)
        {
            _ = SettleAsync(flight.Key, sent, kept ? entry : null);
        }
    }

    /// <summary>Takes a load's entry out of L1 again unless L2 took its value: the key may have changed meanwhile.</summary>
    private async Task SettleAsync(string key, ValueTask<Answer<bool>> filling, LocalEntry? entry)
    {
        Parts.Outstanding.Begin();
        try
        {
            var answer = await filling.ConfigureAwait(false);
            if (!answer.Value && entry is not null)
            {
                using var scope = Claims.Enter(key);
                if (Parts.Local?.Find(key) == entry)
                {
                    Parts.Local?.Remove(key);
                }
            }
        }
        finally
        {
            Parts.Outstanding.End();
        }
    }
}
