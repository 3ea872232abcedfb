using Oxcaching.Configuration;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Timing;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>A client with an L2; with an L1 in front of it, or without.</summary>
/// <remarks>
/// A key with a pending write is read from it, and neither read from L2 nor filled there: what stands in L2 is obsolete, or is
/// about to be.
/// </remarks>
internal abstract partial class RemoteClient(ServiceParts parts, GuardedRemote remote) : CacheClient(parts)
{
    private readonly ServiceMemory _memory = parts.Memory;
    private readonly PendingWrites _pending = parts.Pending!;
    private readonly ProtocolRules _rules = parts.Settings.Rules;
    private readonly SharedLoads _shared = new(remote, parts.LoadWaiters, parts.Settings, parts.Time);

    /// <summary>Whether this client's writes leave their value in L1.</summary>
    protected abstract bool KeepsOwn { get; }

    /// <summary>Whether what this client reads in L2 is copied into L1.</summary>
    protected abstract bool KeepsRead { get; }

    public override async ValueTask<T> FlyAsync<T>(Flight<T> flight, CancellationToken cancellationToken)
    {
        var found = await FindAsync(flight, cancellationToken).ConfigureAwait(false);
        if (found.Hit)
        {
            return found.Value!;
        }

        // An answer may arrive on the thread that reads all the connection's answers; the body must not hold it up.
        await PoolTurn.Next;
        Parts.Events.Load();
        using var lease = _shared.Hold(flight.Key, found.Base);
        var value = await flight.InvokeBodyAsync(cancellationToken).ConfigureAwait(false);
        var @base = _rules.BasePrecedesBody
            ? found.Base
            : await remote.LeaseAsync(flight.Key, TimeSpan.Zero, remote.NewDeadline(), cancellationToken).ConfigureAwait(false);
        if (Publish(flight, value, @base))
        {
            lease.Pass();
        }

        return value;
    }

    protected override ValueTask<TAnswer> ReadAsync<T, TAnswer, TShape>(string key, CancellationToken cancellationToken)
    {
        if (TryFindPending<T>(key, out var pending))
        {
            return new(TShape.To(pending));
        }

        return KeepsOwn || KeepsRead
            ? ReadAndKeepAsync<T, TAnswer, TShape>(key, cancellationToken)
            : remote.LookUpAsync<T, TAnswer, TShape>(key, cancellationToken);
    }

    protected override async ValueTask<bool> ContainsAsync(string key, CancellationToken cancellationToken) =>
        TryFindPending<object>(key, out _)
            ? _pending.TryFind(key, out var pending) && IsLive(pending)
            : (await remote.PeekAsync(key, remote.NewDeadline(), cancellationToken).ConfigureAwait(false)).Value.Hit;

    /// <summary>Whether a pending write answers for the key; it may say that there is nothing.</summary>
    private bool TryFindPending<T>(string key, out CacheLookup<T> lookup)
    {
        lookup = CacheLookup<T>.Miss;
        if (!_rules.PendingWritesAnswer)
        {
            return false;
        }

        if (!_pending.TryFind(key, out var write))
        {
            return _pending.IsClearDue;
        }

        if (write.Left is not null)
        {
            lookup = ReadLeft<T>(write);
        }
        else if (write.Entry is LocalEntry<T> entry && IsLive(write))
        {
            lookup = new CacheLookup<T>(entry.Value);
        }

        return true;
    }

    /// <summary>Whether a pending write answers with a value: a set may have waited for longer than its value lives.</summary>
    private bool IsLive(PendingWrite write) => write.Left is { } left
        ? IsLive(write, left)
        : write.Entry is not null && Parts.Time.GetElapsedTime(write.Call.At) < write.Ttl;

    private bool IsLive(PendingWrite write, JournalRecord left) =>
        write.Envelope is not null && left.Stamp != 0 && left.Expiry > RedisTime(write.Key);

    /// <summary>In microseconds since 1970; before Redis has told it, what this machine takes it for.</summary>
    private long RedisTime(RemoteKey key) => remote.ClockOf(key).Now is not 0 and var now
        ? now
        : Parts.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;

    /// <summary>What an earlier process has left is still as it was to be sent.</summary>
    private CacheLookup<T> ReadLeft<T>(PendingWrite write) =>
        IsLive(write) && remote.TryDecode<T>(write.Key, write.Envelope!, out var value)
            ? new CacheLookup<T>(value)
            : CacheLookup<T>.Miss;

    /// <summary>Finds the value, or on what a load of it is to rest.</summary>
    private async ValueTask<Found<T>> FindAsync<T>(Flight<T> flight, CancellationToken cancellationToken)
    {
        if (TryFindPending<T>(flight.Key, out var pending))
        {
            return pending.Found ? Found<T>.Of(pending.Value) : Found<T>.Nothing(Answer<Head>.Skipped);
        }

        var deadline = remote.NewDeadline();
        if (await RevalidateAsync<T>(flight, deadline, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            return Found<T>.Of(entry.Value);
        }

        var patience = _shared.NewPatience();
        for (var times = 0; ; times++)
        {
            var read = await remote.ReadAsync<T>(flight.Key, deadline, cancellationToken).ConfigureAwait(false);
            if (read.Value is { Hit: true } hit)
            {
                Promote(flight, hit, flight.Terms.Ttl);
                return Found<T>.Of(hit.Value);
            }

            if (!read.HasValue)
            {
                return Found<T>.Nothing(Answer<Head>.Without(read.Error));
            }

            var lease = await remote.LeaseAsync(flight.Key, _shared.Freshness, deadline, cancellationToken).ConfigureAwait(false);
            var storedMeanwhile = lease is { HasValue: true, Value.Kind: RecordKind.Value } && lease.Value != read.Value.Head && patience.Remaining > TimeSpan.Zero;
            if (!storedMeanwhile && !await _shared.WaitAsync(flight.Key, lease, times, patience, cancellationToken).ConfigureAwait(false))
            {
                return Found<T>.Nothing(lease);
            }

            deadline = remote.NewDeadline();
        }
    }

    private async ValueTask<TAnswer> ReadAndKeepAsync<T, TAnswer, TShape>(string key, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer>
    {
        var claim = new Claim(key);
        Enter(claim);
        try
        {
            var deadline = remote.NewDeadline();
            if (await RevalidateAsync<T>(claim, deadline, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                return TShape.To(new(entry.Value));
            }

            var read = await remote.ReadAsync<T>(key, deadline, cancellationToken).ConfigureAwait(false);
            if (read.Value is not { Hit: true } found)
            {
                return TShape.To(CacheLookup<T>.Miss);
            }

            Promote(claim, found, ttl: null);
            return TShape.To(new(found.Value));
        }
        finally
        {
            using var scope = Claims.Enter(claim);
            scope.Remove(claim);
        }
    }

    private void Enter(Claim claim)
    {
        using var scope = Claims.Enter(claim);
        scope.Add(claim);
    }

    /// <summary>The entry in L1 that was in doubt, if it still is what stands in L2; asks for the head alone.</summary>
    private async ValueTask<LocalEntry<T>?> RevalidateAsync<T>(Claim claim, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!KeepsOwn || Parts.Local?.Peek(claim.Key) is not LocalEntry<T> doubted || doubted.Source == RecordId.None)
        {
            return null;
        }

        var standing = await remote.PeekAsync(claim.Key, deadline, cancellationToken).ConfigureAwait(false);
        if (standing.Value is not { Hit: true, Head: { } head } || (head.Id != doubted.Source && _rules.DoubtComparesHeads))
        {
            return null;
        }

        var capped = LocalTtl(ttl: null);
        using var scope = Claims.Enter(claim);
        if (!claim.IsOvertaken)
        {
            var entry = new LocalEntry<T>(doubted.Value) { Source = head.Id };
            _memory.Store(in scope, entry, standing.Value.Remaining < capped ? standing.Value.Remaining : capped);
        }

        return doubted;
    }

    private void Promote<T>(Claim claim, RemoteRead<T> read, TimeSpan? ttl)
    {
        if (!KeepsRead)
        {
            return;
        }

        var capped = LocalTtl(ttl);
        using var scope = Claims.Enter(claim);
        if (!claim.IsOvertaken)
        {
            var entry = new LocalEntry<T>(read.Value!) { Source = read.Head!.Value.Id };
            _memory.Store(in scope, entry, read.Remaining < capped ? read.Remaining : capped);
        }
    }

    /// <summary>Stores what a body made. It is in L1, and on its way to L2, before any caller has it; nobody waits for L2.</summary>
    /// <remarks>
    /// Without a base the value goes into L1 alone, and only where L2 was known to be down: after a question that failed, another
    /// instance may have changed the key meanwhile, and nothing would tell.
    /// </remarks>
    /// <returns>Whether it is on its way to L2.</returns>
    private bool Publish<T>(Flight<T> flight, T value, Answer<Head> @base)
    {
        if ((value is null && !flight.Terms.CacheNull) || @base.Error is not null)
        {
            return false;
        }

        // Before the look: a write that overtakes it later has a later number.
        var nonce = remote.NextNonce();
        ValueTask<Answer<Head?>>? filling = @base.HasValue && !flight.IsOvertaken
            ? remote.FillAsync(flight.Key, value, @base.Value, nonce, RemoteTtl(flight.Terms.Ttl), _shared.IsOn)
            : null;
        var entry = new LocalEntry<T>(value);
        var kept = false;
        using (var scope = Claims.Enter(flight))
        {
            scope.Remove(flight);
            if (!flight.IsOvertaken && KeepsOwn)
            {
                _memory.Store(in scope, entry, LocalTtl(flight.Terms.Ttl));
                kept = true;
            }
        }

        if (filling is not { } sent)
        {
            return false;
        }

        _ = SettleAsync(flight.Key, sent, kept ? entry : null);
        return true;
    }

    /// <summary>Takes a load's entry out of L1 again unless L2 took its value: the key may have changed meanwhile.</summary>
    private async Task SettleAsync(string key, ValueTask<Answer<Head?>> filling, LocalEntry? entry)
    {
        Parts.Outstanding.Begin();
        try
        {
            var answer = await filling.ConfigureAwait(false);
            if (entry is null)
            {
                return;
            }

            using var scope = Claims.Enter(key);
            if (answer.Value is { } head)
            {
                entry.Source = head.Id;
            }
            else if (_rules.RefusedFillsLeave && Parts.Local?.Peek(key) == entry)
            {
                Parts.Local.Remove(key);
            }
        }
        finally
        {
            Parts.Outstanding.End();
        }
    }
}
