using Oxcaching.Coherence;
using Oxcaching.Configuration;
using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>What one instance holds of a service that others write, too: L1, and the claims to store there. Thread-safe.</summary>
/// <remarks>
/// Invariant: an entry goes into L1 only under a claim that was made before L2 was asked and that nothing has overtaken since.
/// A write overtakes the key's claims when it starts and when its answer comes, for in between a load may have read what the
/// write replaces. A write that gets no answer may have happened; it counts as answered. A message overtakes like a write.
/// </remarks>
internal sealed class ServiceMemory(ILocalCache? local, ClaimTable claims, LoadWaiters waiters, ServiceSettings settings, TimeProvider time) : ICoherent
{
    private readonly ProtocolRules _rules = settings.Rules;
    private readonly RecentWrites _recent = new(time);
    private InvalidationChannel? _channel;
    private GuardedRemote? _remote;

    public void Connect(InvalidationChannel channel, GuardedRemote remote) => (_channel, _remote) = (channel, remote);

    /// <summary>Stores an entry under the key that is locked. While the channel is down it gets old only so far.</summary>
    public void Store(in KeyScope scope, LocalEntry entry, TimeSpan ttl)
    {
        var limit = _channel?.AgeLimit;
        local!.Set(scope.Key, scope.Hash, entry, limit is { } age && age < ttl ? age : ttl);
        if (limit is null && _channel?.AgeLimit is not null)
        {
            // It went down in between, and may have looked at what is there before.
            local.Remove(scope.Key);
        }
    }

    /// <summary>Begins a write of the key: whatever was to be stored is not, and L1 lets go of what it has.</summary>
    /// <param name="write">The write.</param>
    /// <param name="pend">Makes the write visible to readers, in the same step.</param>
    /// <returns>Whether L1 had it.</returns>
    public bool BeginWrite(PendingWrite write, Action<PendingWrite> pend)
    {
        using var scope = claims.Enter(write.Claim);
        if (_rules.WritesOvertakeAtStart)
        {
            scope.Overtake();
        }

        scope.Add(write.Claim);
        pend(write);
        return write.DropsLocal && local?.Remove(write.Key.Text) == true;
    }

    /// <summary>Overtakes whatever began meanwhile. Of two writes that overlapped here neither stays in L1: Redis alone knows which was last.</summary>
    public void Arrived(PendingWrite write, RemoteWritten written)
    {
        _recent.Add(write.Key.Text, written.Head);
        using var scope = claims.Enter(write.Claim);
        var overtaken = write.Claim.IsOvertaken && _rules.OvertakenWritesLeave;
        EndClaim(scope, write.Claim);
        var ttl = write.LocalTtl - time.GetElapsedTime(write.Call.At);
        var happened = write.Envelope is null || written.Outcome == ScriptOutcome.Stored;
        if (!overtaken && happened && write.Entry is { } entry && ttl > TimeSpan.Zero)
        {
            entry.Source = written.Head.Id;
            Store(in scope, entry, ttl);
        }
        else if (write.DropsLocal)
        {
            local?.Remove(write.Key.Text);
        }
    }

    public void Unanswered(PendingWrite write)
    {
        using var scope = claims.Enter(write.Claim);
        EndClaim(scope, write.Claim);
        local?.Remove(write.Key.Text);
    }

    public void ForgetAll()
    {
        claims.OvertakeAll();
        local?.Clear();
    }

    public void Changed(string key, RecordId record)
    {
        using var scope = claims.Enter(key);
        if (_rules.MessagesOvertake)
        {
            scope.Overtake();
        }

        if (_rules.MessagesDrop && local?.Peek(key) is { } entry && entry.Source != record)
        {
            local.Remove(key);
        }
    }

    public void Cleared() => ForgetAll();

    public void Doubt()
    {
        // In this order: what is stored in between belongs to a claim that was made after the gap.
        if (_rules.GapsOvertake)
        {
            claims.OvertakeAll();
        }

        if (_rules.GapsDoubt)
        {
            local?.Doubt();
        }
    }

    public void Cap(TimeSpan least, TimeSpan most) => local?.Cap(least, most);

    public void Loaded(string key) => waiters.Wake(key);

    public async Task<bool> ReassertAsync(TimeSpan age)
    {
        const int AtOnce = 256;
        foreach (var writes in _recent.Within(age).Chunk(AtOnce))
        {
            var answers = await Task.WhenAll(writes.Select(write => _remote!.ReassertAsync(write.Key, write.Value).AsTask())).ConfigureAwait(false);
            if (!Array.TrueForAll(answers, answer => answer.HasValue))
            {
                return false;
            }
        }

        return true;
    }

    private void EndClaim(KeyScope scope, Claim claim)
    {
        if (_rules.WritesOvertakeAtEnd)
        {
            scope.Overtake();
        }
        else
        {
            scope.Remove(claim);
        }
    }
}
