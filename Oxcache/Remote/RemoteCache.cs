using Oxcaching.Diagnostics;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The L2 of one service as loads see it. Thread-safe.</summary>
/// <remarks>
/// Invariant: a value that a load made is stored only over the very record that stood there before its body ran. So whatever
/// happens in between, a delete, a set, an eviction or a restart, costs the fill and never plants a stale value.
/// Every method throws <see cref="RemoteException"/> when Redis brings no answer by the deadline.
/// </remarks>
internal sealed class RemoteCache(RemoteSpace space, RemoteCodec codec, Announcer announcer, ServiceEvents events)
{
    private readonly long _tombstoneLife = (long)space.TombstoneLife.TotalMilliseconds;
    private readonly long _leaseLife = (long)space.LeaseLife.TotalMilliseconds;

    public ulong NextNonce() => announcer.Node.NextNonce();

    /// <summary>Whether a record was written by this instance.</summary>
    public bool Wrote(Head head) => announcer.Node.Wrote(head);

    /// <summary>Reads a value. Whatever cannot be read is a miss.</summary>
    public ValueTask<RemoteRead<T>> ReadAsync<T>(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var remoteKey = space.KeyOf(key);
        return space.CallAsync(remoteKey.Redis, new ReadCommand<T>(remoteKey, codec), deadline, cancellationToken);
    }

    /// <summary>The same for a caller who wants the value alone; throws nothing but the caller's cancellation.</summary>
    public ValueTask<TAnswer> LookUpAsync<T, TAnswer, TShape>(string key, ICallWatcher watcher, Deadline deadline, CancellationToken cancellationToken)
        where TShape : struct, ILookUpAnswer<T, TAnswer>
    {
        var remoteKey = space.KeyOf(key);
        return space.CallAsync(remoteKey.Redis, new LookUpCommand<T, TAnswer, TShape>(remoteKey, codec, watcher), deadline, cancellationToken);
    }

    /// <summary>What stands there and how long it still lives, without its value.</summary>
    public ValueTask<RemoteRead<bool>> PeekAsync(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var remoteKey = space.KeyOf(key);
        return space.CallAsync(remoteKey.Redis, new PeekCommand(remoteKey, codec), deadline, cancellationToken);
    }

    /// <summary>Takes the lease for a load that found no value, and returns the load's base: the head that stands there now.</summary>
    /// <param name="key">The key.</param>
    /// <param name="fresh">How long others shall wait for this load before they make their own; zero: not at all.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<Head> LeaseAsync(string key, TimeSpan fresh, Deadline deadline, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [Head.Text(announcer.Node.NextNonce()), _leaseLife, Micros(fresh)];
        var reply = await space.RunAsync(Scripts.Lease, space.KeyOf(key).Redis, arguments, deadline, cancellationToken).ConfigureAwait(false);
        return Head.TryParse(reply.Payload.Span, out var head)
            ? head
            : throw new RemoteException(RemoteFailure.Refused, "A script answered without a head.");
    }

    /// <summary>Prolongs the time that others wait for a lease's load; with zero ends it, and tells them.</summary>
    public async ValueTask TouchAsync(string key, Head lease, TimeSpan fresh, Deadline deadline)
    {
        var remoteKey = space.KeyOf(key);
        var (channel, message) = fresh == TimeSpan.Zero ? Loaded(remoteKey, lease) : ("", []);
        RedisValue[] arguments = [lease.ToString(), Micros(fresh), channel, message];
        await space.RunAsync(Scripts.Touch, remoteKey.Redis, arguments, deadline, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Sends a load's value, before it returns. Completes with what stands there if it was kept, and with whether there was no room.</summary>
    /// <remarks>A value that cannot be sent, or has no room, counts as kept where its base still stood, which then is what it completes with.</remarks>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="base">What stood there before the body ran.</param>
    /// <param name="nonce">Its own.</param>
    /// <param name="ttl">How long it lives.</param>
    /// <param name="announce">Whether others may be waiting for it.</param>
    /// <param name="deadline">When to give up.</param>
    public async ValueTask<(Head? Standing, bool HadNoRoom)> FillAsync<T>(string key, T value, Head @base, ulong nonce, TimeSpan ttl, bool announce, Deadline deadline)
    {
        var remoteKey = space.KeyOf(key);
        if (codec.Encode(remoteKey, value) is not { } envelope)
        {
            var standing = await PeekAsync(key, deadline, CancellationToken.None).ConfigureAwait(false);
            return (standing.Head == @base ? @base : null, false);
        }

        var (channel, message) = announce ? Loaded(remoteKey, @base) : ("", []);
        RedisValue[] arguments = [@base.ToString(), Head.Text(nonce), Micros(ttl), Math.Max((long)Math.Ceiling(ttl.TotalMilliseconds), _tombstoneLife), envelope, channel, message];
        var reply = await space.RunAsync(Scripts.Fill, remoteKey.Redis, arguments, deadline, CancellationToken.None).ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Stored && Head.TryParse(reply.Payload.Span, out var head))
        {
            return (head, false);
        }

        if (reply.Outcome == ScriptOutcome.Full)
        {
            return (@base, true);
        }

        events.FillRefused();
        return (null, false);
    }

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;

    private (string Channel, byte[] Message) Loaded(RemoteKey key, Head @base) =>
        (space.Connection.NameInScripts(announcer.Channel), RemoteMessage.About(MessageKind.Loaded, announcer.Node.Value, announcer.Ledger.Interval, @base.Id, key));
}
