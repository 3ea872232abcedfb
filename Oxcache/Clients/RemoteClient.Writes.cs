using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>The part that writes: everything goes through the pending writes.</summary>
internal abstract partial class RemoteClient
{
    private readonly CallTimeouts _waits = new(parts.Time);

    public override async ValueTask ClearAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        _memory.ForgetAll();
        try
        {
            var clear = _pending.Clear(new PendingClear { CalledAt = Parts.Time.GetTimestamp(), Id = remote.NextNonce() });
            if (_pending.IsStalled || !await clear.Answer.WaitAsync(ct).ConfigureAwait(false))
            {
                await DeferAsync(clear, ct).ConfigureAwait(false);
            }
        }
        finally
        {
            _memory.ForgetAll();
        }
    }

    protected override async ValueTask WriteAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        await _pending.RoomAsync(cancellationToken).ConfigureAwait(false);
        var write = NewSet(key, value, ttl);
        Begin(write);
        _pending.Pump();
        if (Parts.Settings.WriteThrough)
        {
            await AnswerAsync(write, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await DeferAsync(write, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        await _pending.RoomAsync(cancellationToken).ConfigureAwait(false);
        var write = NewDelete(key);
        var wasHere = Begin(write);
        _pending.Pump();
        var answer = await AnswerAsync(write, cancellationToken).ConfigureAwait(false);
        return wasHere || answer.Found;
    }

    /// <summary>They begin one after the other and are sent together.</summary>
    protected override async ValueTask WriteManyAsync<T>(IReadOnlyDictionary<string, T> values, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var writes = new List<PendingWrite>(values.Count);
        foreach (var (key, value) in values)
        {
            await RoomAsync(cancellationToken).ConfigureAwait(false);
            var write = IsStored(value) ? NewSet(key, value, ttl) : NewDelete(key);
            Begin(write);
            writes.Add(write);
        }

        _pending.Pump();
        foreach (var write in writes)
        {
            await (Parts.Settings.WriteThrough ? new(AnswerAsync(write, cancellationToken).AsTask()) : DeferAsync(write, cancellationToken)).ConfigureAwait(false);
        }
    }

    protected override async ValueTask<int> RemoveManyAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var writes = new List<(PendingWrite Write, bool WasHere)>(keys.Count);
        foreach (var key in keys)
        {
            await RoomAsync(cancellationToken).ConfigureAwait(false);
            var write = NewDelete(key);
            writes.Add((write, Begin(write)));
        }

        _pending.Pump();
        var removed = 0;
        foreach (var (write, wasHere) in writes)
        {
            var answer = await AnswerAsync(write, cancellationToken).ConfigureAwait(false);
            removed += wasHere || answer.Found ? 1 : 0;
        }

        return removed;
    }

    protected override async ValueTask<IAsyncDisposable?> LockAsync(string key, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var answer = await remote.TryLockAsync(key, ttl, cancellationToken).ConfigureAwait(false);
        return answer.Value is { } token ? new SharedLock(remote, key, token) : null;
    }

    private PendingWrite NewSet<T>(string key, T value, TimeSpan? ttl)
    {
        var remoteKey = remote.KeyOf(key);
        return new PendingWrite
        {
            Key = remoteKey,
            Envelope = remote.Encode(remoteKey, value),
            Entry = new LocalEntry<T>(value),
            Ttl = RemoteTtl(ttl),
            LocalTtl = KeepsOwn ? LocalTtl(ttl) : TimeSpan.Zero,
            CalledAt = Parts.Time.GetTimestamp(),
            Id = remote.NextNonce(),
            Claim = new Claim(key),
            DropsLocal = KeepsOwn || _rules.RemoteSetsDropLocal,

            // Its caller goes on before it has reached Redis, so that others may write in between.
            Waited = !Parts.Settings.WriteThrough,
        };
    }

    private PendingWrite NewDelete(string key) => new()
    {
        Key = remote.KeyOf(key),
        Envelope = null,
        Entry = null,
        Ttl = TimeSpan.Zero,
        LocalTtl = TimeSpan.Zero,
        CalledAt = Parts.Time.GetTimestamp(),
        Id = remote.NextNonce(),
        Claim = new Claim(key),
        DropsLocal = true,
    };

    /// <returns>Whether the key was in L1, or was to be set by a pending write.</returns>
    private bool Begin(PendingWrite write)
    {
        var wasPending = _pending.TryFind(write.Key.Text, out var earlier) && IsLive(earlier);
        return _memory.BeginWrite(write.Claim, write.DropsLocal, () => _pending.Add(write)) || wasPending;
    }

    /// <summary>As for a single write, but what has begun must be on its way before who made it may wait.</summary>
    private ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        if (_pending.IsFull)
        {
            _pending.Pump();
        }

        return _pending.RoomAsync(cancellationToken);
    }

    /// <summary>Waits for Redis's answer for as long as one command may take; not when it is known that there will be none for a while.</summary>
    private async ValueTask<WriteAnswer> AnswerAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        var answer = await AnswerInTimeAsync(write, cancellationToken).ConfigureAwait(false);
        if (!answer.Acknowledged)
        {
            await DeferAsync(write, cancellationToken).ConfigureAwait(false);
        }

        return answer;
    }

    private async ValueTask<WriteAnswer> AnswerInTimeAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        if (write.IsSent || write.Answer.IsCompleted)
        {
            // Its command has its own deadline.
            return await write.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        // What is behind others may take longer than one command does.
        if (!_pending.IsStalled && await InTimeAsync(write.Answer, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            return answer;
        }

        Parts.Events.WritesPending(1, remote.ReasonOf(error: null));
        return WriteAnswer.Pending;
    }

    private async ValueTask<WriteAnswer?> InTimeAsync(Task<WriteAnswer> answer, CancellationToken cancellationToken)
    {
        var waiting = AnswerWait.ForAsync(answer, _waits, remote.NewDeadline());
        return cancellationToken.CanBeCanceled
            ? await waiting.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false)
            : await waiting.ConfigureAwait(false);
    }

    /// <summary>Goes on without Redis's acknowledgement, once the log has the change.</summary>
    private ValueTask DeferAsync(PendingChange change, CancellationToken cancellationToken)
    {
        Parts.Events.WriteDeferred();
        var keeping = _pending.KeepAsync(change);
        return keeping.IsCompletedSuccessfully ? keeping : new(keeping.AsTask().WaitAsync(cancellationToken));
    }
}
