using Oxcaching.Remote;
using Oxcaching.Timing;

namespace Oxcaching.Recovery;

/// <summary>The L2 of one service behind its connection's gate: nothing thrown by it but the caller's own cancellation. Thread-safe.</summary>
internal sealed class GuardedRemote(
    RemoteSpace space, RemoteCodec codec, RemoteCache cache, RemoteWriter writer, RemoteLocks locks, RemoteGate gate, RemotePermit permit, RemoteCallTerms terms) : ICallWatcher
{
    /// <summary>Whether calls are kept away from Redis.</summary>
    public bool IsCutOff => gate.IsShut || permit.IsCutOff;

    /// <summary>By when a call that begins now is to be over: a little early, for its caller is to have gone on by then.</summary>
    public Deadline NewDeadline() => Deadline.After(terms.CommandTimeout * 0.98, terms.Time);

    public RemoteKey KeyOf(string key) => space.KeyOf(key);

    /// <summary>For a write that begins now.</summary>
    public ulong NextNonce() => cache.NextNonce();

    /// <summary>A write of a key that begins now, by the clock that judges it.</summary>
    public CallMoment NewCall(RemoteKey key)
    {
        var at = terms.Time.GetTimestamp();
        return ClockOf(key).Call(at) is { } told ? new CallMoment(at, told) : new CallMoment(at);
    }

    /// <summary>A write of any keys that begins now, by every clock.</summary>
    public CallMoment NewCall()
    {
        var at = terms.Time.GetTimestamp();
        return new CallMoment(at, [.. space.Connection.Clocks.Select(clock => clock.Call(at)).OfType<CallTime>()]);
    }

    /// <summary>The clock by which Redis judges a key.</summary>
    public RedisClock ClockOf(RemoteKey key) => space.Connection.ClockOf(key.Redis);

    /// <summary>A clock for what has no key.</summary>
    public RedisClock Clock => space.Connection.Clock;

    /// <summary>Reads a value that was encoded; no hit if it cannot be read.</summary>
    public bool TryDecode<T>(RemoteKey key, byte[] envelope, out T? value) => codec.TryDecode(key, envelope, out value);

    /// <summary>Whether a record was written by this instance.</summary>
    public bool Wrote(Head head) => cache.Wrote(head);

    /// <summary>The envelope to send; null when the value cannot be sent.</summary>
    public byte[]? Encode<T>(RemoteKey key, T value) => codec.Encode(key, value);

    public ValueTask<Answer<RemoteRead<T>>> ReadAsync<T>(string key, Deadline deadline, CancellationToken cancellationToken) =>
        CallAsync(key, () => cache.ReadAsync<T>(key, deadline, cancellationToken), deadline, cancellationToken);

    /// <summary>Reads a value for a caller who wants nothing else: no answer is a miss.</summary>
    /// <remarks>The shortest way there is to a value in L2.</remarks>
    public ValueTask<TAnswer> LookUpAsync<T, TAnswer, TShape>(string key, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer>
    {
        var deadline = NewDeadline();
        var entering = gate.EnterAsync(deadline, cancellationToken);
        return entering.IsCompletedSuccessfully
            ? LookUpAsync<T, TAnswer, TShape>(key, entering.Result, deadline, cancellationToken)
            : EnterAndLookUpAsync<T, TAnswer, TShape>(key, entering, deadline, cancellationToken);
    }

    public ValueTask<Answer<RemoteRead<bool>>> PeekAsync(string key, Deadline deadline, CancellationToken cancellationToken) =>
        CallAsync(key, () => cache.PeekAsync(key, deadline, cancellationToken), deadline, cancellationToken);

    public ValueTask<Answer<Head>> LeaseAsync(string key, TimeSpan fresh, Deadline deadline, CancellationToken cancellationToken) =>
        permit.IsClear || permit.AllowsValue(KeyOf(key))
            ? CallAsync(key, () => cache.LeaseAsync(key, fresh, deadline, cancellationToken), deadline, cancellationToken)
            : new(Skipped<Head>());

    public ValueTask<Answer<bool>> TouchAsync(string key, Head lease, TimeSpan fresh)
    {
        var deadline = NewDeadline();
        return CallAsync(key, () => True(cache.TouchAsync(key, lease, fresh, deadline)), deadline, CancellationToken.None);
    }

    /// <summary>The value is serialized and on its way when this returns.</summary>
    public ValueTask<Answer<Head?>> FillAsync<T>(string key, T value, Head @base, ulong nonce, TimeSpan ttl, bool announce)
    {
        var deadline = NewDeadline();
        return CallAsync(key, SendAsync, deadline, CancellationToken.None);

        async ValueTask<Head?> SendAsync()
        {
            var (standing, hadNoRoom) = await cache.FillAsync(key, value, @base, nonce, ttl, announce, deadline).ConfigureAwait(false);
            if (hadNoRoom)
            {
                RememberFull(KeyOf(key));
            }

            return standing;
        }
    }

    public ValueTask<Answer<RemoteWritten?[]>> WriteAsync(IReadOnlyList<RemoteWrite> writes, bool yields)
    {
        var deadline = NewDeadline();
        return CallAsync(null, () => writer.WriteAsync(writes, yields, deadline), deadline, CancellationToken.None);
    }

    public ValueTask<Answer<bool>> ClearAsync(RemoteWrite call, bool yields) =>
        CallAsync(null, () => True(new(writer.ClearAsync(call, yields, NewDeadline, CancellationToken.None))), NewDeadline(), CancellationToken.None);

    public ValueTask<Answer<bool>> ReassertAsync(string key, Head head)
    {
        var deadline = NewDeadline();
        return CallAsync(key, () => True(writer.ReassertAsync(key, head, deadline)), deadline, CancellationToken.None);
    }

    /// <summary>The token to release the lock by; no value while another has it.</summary>
    public ValueTask<Answer<string?>> TryLockAsync(string key, TimeSpan ttl, CancellationToken cancellationToken)
    {
        var deadline = NewDeadline();
        return CallAsync(key, () => locks.TryTakeAsync(key, ttl, deadline, cancellationToken), deadline, cancellationToken, isForAll: false);
    }

    public ValueTask<Answer<bool>> UnlockAsync(string key, string token)
    {
        var deadline = NewDeadline();
        return CallAsync(key, () => locks.ReleaseAsync(key, token, deadline), deadline, CancellationToken.None, isForAll: false);
    }

    /// <summary>A write had no room in Redis.</summary>
    /// <returns>What to say of it.</returns>
    public string RememberFull(RemoteKey key)
    {
        var sentence = permit.RememberFull(key);
        gate.Health.Failed(sentence);
        return sentence;
    }

    /// <summary>Why a call was not made, or why it failed.</summary>
    public string ReasonOf(RemoteException? error) => error?.Message ?? permit.Sentences.FirstOrDefault() ?? gate.Reason;

    private async ValueTask<TAnswer> EnterAndLookUpAsync<T, TAnswer, TShape>(
        string key, ValueTask<bool> entering, Deadline deadline, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer> =>
        await LookUpAsync<T, TAnswer, TShape>(key, await entering.ConfigureAwait(false), deadline, cancellationToken).ConfigureAwait(false);

    private ValueTask<TAnswer> LookUpAsync<T, TAnswer, TShape>(string key, bool isOpen, Deadline deadline, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer>
    {
        if (!isOpen || !IsAllowed(key))
        {
            terms.Events.RemoteSkipped();
            return new(TShape.To(CacheLookup<T>.Miss));
        }

        terms.Outstanding.Begin();
        return cache.LookUpAsync<T, TAnswer, TShape>(key, this, deadline, cancellationToken);
    }

    void ICallWatcher.Answered() => terms.Outstanding.End();

    void ICallWatcher.Failed(RemoteException error)
    {
        Count(error);
        terms.Outstanding.End();
    }

    private static async ValueTask<bool> True(ValueTask task)
    {
        await task.ConfigureAwait(false);
        return true;
    }

    private Answer<T> Skipped<T>()
    {
        terms.Events.RemoteSkipped();
        return Answer<T>.Skipped;
    }

    /// <param name="key">What it is about; null: several keys, or all, some of which may be refused and others not.</param>
    /// <param name="call">Sends it.</param>
    /// <param name="deadline">When to give up waiting for the first connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="isForAll">Whether what is refused to it is refused to loads and writes, too: locks have keys of their own.</param>
    private async ValueTask<Answer<T>> CallAsync<T>(
        string? key, Func<ValueTask<T>> call, Deadline deadline, CancellationToken cancellationToken, bool isForAll = true)
    {
        terms.Outstanding.Begin();
        try
        {
            var isOpen = await gate.EnterAsync(deadline, cancellationToken).ConfigureAwait(false);
            return isOpen && IsAllowed(key) ? Answer<T>.Of(await call().ConfigureAwait(false)) : Skipped<T>();
        }
        catch (RemoteException e)
        {
            // What Redis does not do at all is like a Redis that is away.
            return Count(e, isForAll) && key is not null ? Answer<T>.Skipped : Answer<T>.Without(e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever goes wrong in here costs the cache, not the call.
            terms.Events.Internal(e);
            return Answer<T>.Skipped;
        }
        finally
        {
            terms.Outstanding.End();
        }
    }

    private bool IsAllowed(string? key) => permit.IsClear || (key is null ? !permit.IsCutOff : permit.Allows(KeyOf(key)));

    /// <returns>Whether it is a matter of what Redis does at all.</returns>
    private bool Count(RemoteException error, bool isForAll = true)
    {
        gate.Health.Failed(error.Message);
        var isLimit = isForAll && permit.Remember(error);
        if (error.Failure == RemoteFailure.Refused && !isLimit)
        {
            terms.Events.RemoteRefused(error.Message);
        }
        else
        {
            terms.Events.RemoteFailed();
        }

        return isLimit;
    }
}
