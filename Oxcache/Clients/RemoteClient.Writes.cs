using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>The part that writes: everything goes through the pending writes.</summary>
internal abstract partial class RemoteClient
{
    private Action<PendingWrite>? _pend;

    public override async ValueTask ClearAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        _memory.ForgetAll();
        try
        {
            var clear = _pending.Clear(new PendingClear { Call = remote.NewCall(), Id = remote.NextNonce() });
            if (_pending.IsStalled || !await clear.Answer.WaitAsync(ct).ConfigureAwait(false))
            {
                await DeferAsync(clear, ct).ConfigureAwait(false);
            }
            else
            {
                // What it came after is not to come back out of the log.
                await _pending.KeepAsync(clear).ConfigureAwait(false);
            }
        }
        finally
        {
            _memory.ForgetAll();
        }
    }

    protected override ValueTask WriteAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var room = RoomAsync(cancellationToken);
        return room.IsCompletedSuccessfully ? SendAsync(key, value, ttl, cancellationToken) : SendLaterAsync();

        async ValueTask SendLaterAsync()
        {
            await room.ConfigureAwait(false);
            await SendAsync(key, value, ttl, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async ValueTask<bool> RemoveAsync(string key, CancellationToken cancellationToken)
    {
        await RoomAsync(cancellationToken).ConfigureAwait(false);
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
        if (!Parts.Settings.WriteThrough || _pending.IsStalled)
        {
            // All at once, so that the log has them on the disk in one go.
            await Task.WhenAll(writes.ConvertAll(write => SentAsync(write, cancellationToken).AsTask())).ConfigureAwait(false);
            return;
        }

        foreach (var write in writes)
        {
            await SentAsync(write, cancellationToken).ConfigureAwait(false);
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

    private ValueTask SendAsync<T>(string key, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        var write = NewSet(key, value, ttl);
        Begin(write);
        _pending.Pump();
        return SentAsync(write, cancellationToken);
    }

    private ValueTask SentAsync(PendingWrite write, CancellationToken cancellationToken) =>
        Parts.Settings.WriteThrough ? new(AnswerAsync(write, cancellationToken).AsTask()) : DeferAsync(write, cancellationToken);

    private PendingWrite NewSet<T>(string key, T value, TimeSpan? ttl)
    {
        var remoteKey = remote.KeyOf(key);
        var envelope = remote.Encode(remoteKey, value);
        var fits = HasRoomFor(remoteKey, envelope);
        return new PendingWrite
        {
            Key = remoteKey,
            Envelope = fits ? envelope : null,
            Entry = fits ? new LocalEntry<T>(value) : null,
            Ttl = RemoteTtl(ttl),
            LocalTtl = KeepsOwn ? LocalTtl(ttl) : TimeSpan.Zero,
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
        Claim = new Claim(key),
        DropsLocal = true,
    };

    /// <returns>Whether the key was in L1, or was to be set by a pending write.</returns>
    private bool Begin(PendingWrite write)
    {
        var wasPending = _pending.TryFind(write.Key.Text, out var earlier) && IsLive(earlier);
        return _memory.BeginWrite(write, _pend ??= Pend) || wasPending;
    }

    /// <remarks>
    /// Under the key's lock, so that the times and numbers of its writes are in their order, and the numbers later than those of the
    /// fills that this one did not overtake.
    /// </remarks>
    private void Pend(PendingWrite write)
    {
        write.Id = remote.NextNonce();
        write.Call = remote.NewCall(write.Key);
        _pending.Add(write);
    }

    /// <summary>Waits while too much is pending, where that does not take long.</summary>
    private ValueTask RoomAsync(CancellationToken cancellationToken)
    {
        return _pending.IsFull ? WaitAsync() : default;

        async ValueTask WaitAsync()
        {
            // What its caller has begun before must be on its way before he may wait.
            _pending.Pump();
            await _pending.RoomAsync(cancellationToken).ConfigureAwait(false);
            if (_pending.IsOverflowing)
            {
                // That some value is obsolete must not get lost, though which one may.
                Parts.Events.PendingDropped(_pending.Count);
                await ClearAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a value may be kept until Redis is back; if not, its set is a delete, which ends what stands there.</summary>
    private bool HasRoomFor(RemoteKey key, byte[]? envelope)
    {
        if (envelope is null || !_pending.IsRoomInVain || !_pending.HasNoRoomFor(PendingWrite.SizeOf(key, envelope)))
        {
            return true;
        }

        Parts.Events.PendingDropped(1);
        return false;
    }

    private async ValueTask<WriteAnswer> AnswerAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        var answer = await AnswerInTimeAsync(write, cancellationToken).ConfigureAwait(false);
        if (answer is null)
        {
            Parts.Events.WritesPending(1, remote.ReasonOf(error: null));
        }

        if (answer is { Acknowledged: true })
        {
            // As after a clear.
            await _pending.KeepAsync(write).ConfigureAwait(false);
        }
        else
        {
            await DeferAsync(write, cancellationToken).ConfigureAwait(false);
        }

        return answer ?? WriteAnswer.Pending;
    }

    /// <summary>Redis's answer, or null when it takes longer than one command may, or is known to take longer than anybody should wait.</summary>
    private ValueTask<WriteAnswer?> AnswerInTimeAsync(PendingWrite write, CancellationToken cancellationToken)
    {
        // What is sent has its command's deadline; what is behind others may take longer than one command does.
        var isSent = write.IsSent || write.Answer.IsCompleted;
        if (!isSent && _pending.IsStalled)
        {
            return default;
        }

        var answer = _pending.AnswerAsync(write.Answer, isSent ? null : remote.NewDeadline());
        return cancellationToken.CanBeCanceled ? new(answer.AsTask().WaitAsync(cancellationToken)) : answer;
    }

    /// <summary>Goes on without Redis's acknowledgement, once the log has the change.</summary>
    private ValueTask DeferAsync(PendingChange change, CancellationToken cancellationToken)
    {
        Parts.Events.WriteDeferred();
        var keeping = _pending.KeepAsync(change);
        return keeping.IsCompletedSuccessfully ? keeping : new(keeping.AsTask().WaitAsync(cancellationToken));
    }
}
