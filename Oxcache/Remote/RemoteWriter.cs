using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The L2 of one service as writes see it: sets, deletes and clears, each with its message to the other instances. Thread-safe.</summary>
/// <remarks>
/// Invariant: what runs later than its sender waits changes nothing, so a write that was given up may be sent again, or another
/// in its place. Every method throws <see cref="RemoteException"/> when Redis brings no answer by the deadline.
/// </remarks>
internal sealed class RemoteWriter(RemoteSpace space, Announcer announcer, ProtocolRules rules)
{
    private const int KeysPerScript = 128;
    private const int KeysPerSweep = 512;

    /// <summary>In ms, and yet before now.</summary>
    private const long Forever = 1_000_000_000_000;

    private readonly long _tombstoneLife = (long)space.TombstoneLife.TotalMilliseconds;

    /// <summary>Sends writes in their order, and completes with what came of each; null where that is not known.</summary>
    /// <param name="writes">One for a key at most.</param>
    /// <param name="yields">Whether they yield to what others wrote since they were called; otherwise they win whatever stands there.</param>
    /// <param name="deadline">When to give up.</param>
    /// <exception cref="RemoteException">Of none it is known.</exception>
    public async ValueTask<RemoteWritten?[]> WriteAsync(IReadOnlyList<RemoteWrite> writes, bool yields, Deadline deadline)
    {
        var lastClear = yields ? await LastClearAsync(deadline).ConfigureAwait(false) : ClearMark.None;
        var size = space.Connection.IsCluster ? 1 : KeysPerScript;
        if (writes.Count <= size)
        {
            var written = await RunAsync(writes, yields, lastClear, announce: true, deadline, CancellationToken.None).ConfigureAwait(false);
            return Array.ConvertAll(written, one => (RemoteWritten?)one);
        }

        RemoteException? failure = null;
        var parts = await Task.WhenAll(writes.Chunk(size).Select(TryAsync)).ConfigureAwait(false);
        return Array.Exists(parts, part => part[0] is not null) ? [.. parts.SelectMany(part => part)] : throw failure!;

        async Task<RemoteWritten?[]> TryAsync(RemoteWrite[] part)
        {
            try
            {
                var written = await RunAsync(part, yields, lastClear, announce: true, deadline, CancellationToken.None).ConfigureAwait(false);
                return Array.ConvertAll(written, one => (RemoteWritten?)one);
            }
            catch (RemoteException e)
            {
                // Those of another shard may have arrived.
                failure = e;
                return new RemoteWritten?[part.Length];
            }
        }
    }

    /// <summary>
    /// Leaves a tombstone on every record of the service, leases and tombstones included, for a load may rest on any of them; and before
    /// that one for all keys that are not there.
    /// </summary>
    /// <remarks>The deadline is that of each script; a SCAN of a large Redis takes many.</remarks>
    /// <param name="call">When it was called; its key and nonce are not used.</param>
    /// <param name="yields">As for writes.</param>
    /// <param name="deadline">Makes the deadline of a script.</param>
    /// <param name="cancellationToken">Ends it half-way.</param>
    public Task ClearAsync(RemoteWrite call, bool yields, Func<Deadline> deadline, CancellationToken cancellationToken)
    {
        return Task.Run(ClearAllAsync, cancellationToken);

        async Task ClearAllAsync()
        {
            RemoteException? failure = null;
            foreach (var keys in space.Scan(KeysPerSweep).Prepend(rules.ClearsLeaveMark ? [RemoteKey.Standing(space.ClearMark)] : []))
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    await SweepAsync(keys, call, yields, deadline(), cancellationToken).ConfigureAwait(false);
                }
                catch (RemoteException e) when (space.Connection.IsCluster)
                {
                    // The keys of other primaries can still be cleared.
                    failure = e;
                }
            }

            if (failure is not null)
            {
                throw failure;
            }

            if (rules.ClearsTell)
            {
                await PublishAsync(announcer.Start(MessageKind.Cleared, out var interval), deadline(), cancellationToken).ConfigureAwait(false);
                announcer.Ledger.Acknowledge(interval, 1);
            }
        }
    }

    /// <summary>Leaves a tombstone where something older stands than a record that this instance wrote.</summary>
    public async ValueTask ReassertAsync(string key, Head head, Deadline deadline)
    {
        var remoteKey = space.KeyOf(key);
        var nonce = announcer.Node.NextNonce();
        RedisValue[] arguments =
        [
            head.ToString(), Head.Text(nonce), _tombstoneLife, ChannelInScripts,
            announcer.Start(MessageKind.Changed, [new MessageKey(remoteKey, nonce)], out var interval),
        ];
        var reply = await space.RunAsync(Scripts.Reassert, remoteKey.Redis, arguments, deadline, CancellationToken.None).ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Stored)
        {
            announcer.Ledger.Acknowledge(interval, 1);
        }
    }

    /// <summary>Sends a message by itself.</summary>
    public ValueTask<long> PublishAsync(byte[] message, Deadline deadline, CancellationToken cancellationToken) =>
        space.CallAsync(new OneCommand<long>((db, flags) => db.PublishAsync(RedisChannel.Literal(announcer.Channel), message, flags)), deadline, cancellationToken);

    /// <summary>What writes that waited have to yield to where nothing stands. In a cluster their scripts cannot look themselves.</summary>
    private async ValueTask<ClearMark> LastClearAsync(Deadline deadline)
    {
        if (!rules.ClearsLeaveMark || !space.Connection.IsCluster)
        {
            return rules.ClearsLeaveMark ? ClearMark.At(space.ClearMark) : ClearMark.None;
        }

        try
        {
            byte[]? start = await space.CallAsync(
                space.ClearMark,
                new OneCommand<RedisValue>((db, flags) => db.StringGetRangeAsync(space.ClearMark, 0, Head.Length - 1, flags)),
                deadline,
                CancellationToken.None).ConfigureAwait(false);
            return Head.TryParse(start, out _) ? new ClearMark(null, start) : ClearMark.None;
        }
        catch (RemoteException e) when (e.Failure == RemoteFailure.Refused)
        {
            // Something foreign stands there.
            return ClearMark.None;
        }
    }

    private Task SweepAsync(RemoteKey[] keys, RemoteWrite call, bool yields, Deadline deadline, CancellationToken cancellationToken)
    {
        var deletes = keys.Select(key => call with { Key = key, Nonce = announcer.Node.NextNonce() }).Chunk(space.Connection.IsCluster ? 1 : KeysPerScript);
        return Task.WhenAll(deletes.Select(part => RunAsync(part, yields, ClearMark.None, announce: false, deadline, cancellationToken)));
    }

    /// <summary>Runs one script, which must change nothing once we have given up waiting for it.</summary>
    private async Task<RemoteWritten[]> RunAsync(
        IReadOnlyList<RemoteWrite> writes, bool yields, ClearMark lastClear, bool announce, Deadline deadline, CancellationToken cancellationToken)
    {
        var clock = space.Connection.ClockOf(writes[0].Key.Redis);
        var message = announcer.Start(MessageKind.Changed, [.. announce ? writes.Select(write => new MessageKey(write.Key, write.Nonce)) : []], out var interval);
        var asked = space.Connection.Time.GetTimestamp();
        var (request, reply) = await Run().ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Late && Head.TryParseTime(reply.Payload.Span, out var redisTime))
        {
            // Late, and yet answered in time: Redis's clock was set.
            clock.Observe(redisTime, asked, space.Connection.Time.GetTimestamp());
            (request, reply) = await Run().ConfigureAwait(false);
        }

        if (reply.Outcome == ScriptOutcome.Late)
        {
            throw new RemoteException(RemoteFailure.TimedOut, "The command ran too late and changed nothing.");
        }

        if (announce)
        {
            announcer.Ledger.Acknowledge(interval, 1);
        }

        return request.Read(reply);

        async ValueTask<(WriteRequest, ScriptReply)> Run()
        {
            var request = new WriteRequest(writes, lastClear, clock, rules);
            var arguments = request.Arguments(
                rules.LateWritesChangeNothing ? clock.Now + Micros(deadline.Remaining * 0.9) - clock.Error : Head.LargestTime,
                yields ? rules.AbsenceIsDoubted ? _tombstoneLife : Forever : null,
                rules.DoubtLeavesTombstone ? ScriptOutcome.Deleted : ScriptOutcome.Stored,
                _tombstoneLife,
                announce ? ChannelInScripts : "",
                message);
            return (request, await space.RunAsync(Scripts.Write, request.Keys, arguments, deadline, cancellationToken).ConfigureAwait(false));
        }
    }

    private string ChannelInScripts => space.Connection.NameInScripts(announcer.Channel);

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}
