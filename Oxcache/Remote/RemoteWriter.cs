using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The L2 of one service as writes see it: sets, deletes and clears, each with its message to the other instances. Thread-safe.</summary>
/// <remarks>
/// Invariant: what runs later than its sender waits changes nothing, so a write that was given up may be sent again, or another
/// in its place. Every method throws <see cref="RemoteException"/> when Redis brings no answer by the deadline.
/// </remarks>
internal sealed class RemoteWriter(RemoteSpace space, Announcer announcer)
{
    private const int KeysPerScript = 128;
    private const int KeysPerSweep = 512;
    private const int ArgumentsBefore = 5;
    private const int ArgumentsPerKey = 6;

    private readonly long _tombstoneLife = (long)space.TombstoneLife.TotalMilliseconds;

    /// <summary>Now, in microseconds of Redis's clock.</summary>
    public long Now => space.Connection.Clock.Now;

    /// <summary>Within how many microseconds the clocks of two instances cannot tell what came first.</summary>
    public long Margin => 2 * space.Connection.Clock.Error;

    /// <summary>Sends writes in their order, and completes with what came of each.</summary>
    /// <param name="writes">One for a key at most.</param>
    /// <param name="margin">For writes that were called some time ago, <see cref="Margin"/> at that time; null: they win whatever stands there.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait. What was sent may still run.</param>
    public Task<RemoteWritten[]> WriteAsync(IReadOnlyList<RemoteWrite> writes, long? margin, Deadline deadline, CancellationToken cancellationToken) =>
        WriteAsync(writes, margin, announce: true, deadline, cancellationToken);

    /// <summary>Leaves a tombstone on every record of the service, leases and tombstones included: a load may rest on any of them.</summary>
    /// <remarks>The deadline is that of each script; a SCAN of a large Redis takes many.</remarks>
    /// <param name="asOf">When it was called, in microseconds of Redis's clock.</param>
    /// <param name="margin">As for a write.</param>
    /// <param name="deadline">Makes the deadline of a script.</param>
    /// <param name="cancellationToken">Ends it half-way.</param>
    public Task ClearAsync(long asOf, long? margin, Func<Deadline> deadline, CancellationToken cancellationToken)
    {
        return Task.Run(ClearAllAsync, cancellationToken);

        async Task ClearAllAsync()
        {
            foreach (var keys in space.Scan().Chunk(KeysPerSweep))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var deletes = Array.ConvertAll(keys, key => new RemoteWrite(key, null, asOf, TimeSpan.Zero));
                await WriteAsync(deletes, margin, announce: false, deadline(), cancellationToken).ConfigureAwait(false);
            }

            await PublishAsync(announcer.Start(MessageKind.Cleared, out var interval), deadline(), cancellationToken).ConfigureAwait(false);
            announcer.Ledger.Acknowledge(interval, 1);
        }
    }

    /// <summary>Leaves a tombstone where a record of this instance no longer stands as it was written.</summary>
    public async Task ReassertAsync(string key, Head head, Deadline deadline)
    {
        var remoteKey = space.KeyOf(key);
        RedisValue[] arguments =
        [
            head.ToString(), announcer.Node.NextNonce(), _tombstoneLife, announcer.Channel,
            announcer.Start(MessageKind.Changed, out var interval), RemoteMessage.KeyPart(remoteKey),
        ];
        var reply = await space.RunAsync(Scripts.Reassert, remoteKey.Redis, arguments, deadline, CancellationToken.None).ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Stored)
        {
            announcer.Ledger.Acknowledge(interval, 1);
        }
    }

    /// <summary>Sends a message by itself.</summary>
    public Task PublishAsync(byte[] message, Deadline deadline, CancellationToken cancellationToken) =>
        space.CallAsync(db => db.PublishAsync(announcer.Channel, message), deadline, cancellationToken);

    private async Task<RemoteWritten[]> WriteAsync(
        IReadOnlyList<RemoteWrite> writes, long? margin, bool announce, Deadline deadline, CancellationToken cancellationToken)
    {
        var size = space.Connection.RunsScriptsOverManyKeys ? KeysPerScript : 1;
        if (writes.Count <= size)
        {
            return await WriteOnceAsync(writes, margin, announce, deadline, cancellationToken).ConfigureAwait(false);
        }

        var parts = writes.Chunk(size).Select(part => WriteOnceAsync(part, margin, announce, deadline, cancellationToken)).ToList();
        var written = await Task.WhenAll(parts).ConfigureAwait(false);
        return [.. written.SelectMany(part => part)];
    }

    /// <summary>Runs one script, which must change nothing once we have given up waiting for it.</summary>
    private async Task<RemoteWritten[]> WriteOnceAsync(
        IReadOnlyList<RemoteWrite> writes, long? margin, bool announce, Deadline deadline, CancellationToken cancellationToken)
    {
        var clock = space.Connection.Clock;
        var keys = writes.Select(write => write.Key.Redis).ToArray();
        var start = announcer.Start(MessageKind.Changed, out var interval);
        var asked = space.Connection.Time.GetTimestamp();
        var reply = await Run().ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Late && Head.TryParseTime(reply.Payload.Span, out var redisTime))
        {
            // Late, and yet answered in time: Redis's clock was set.
            clock.Observe(redisTime, asked, space.Connection.Time.GetTimestamp());
            reply = await Run().ConfigureAwait(false);
        }

        if (reply.Outcome == ScriptOutcome.Late)
        {
            throw new RemoteException(RemoteFailure.TimedOut, "The command ran too late and changed nothing.");
        }

        if (announce)
        {
            announcer.Ledger.Acknowledge(interval, writes.Count);
        }

        return reply.ToWritten(writes.Count);

        Task<ScriptReply> Run()
        {
            var notAfter = clock.Now + Micros(deadline.Remaining * 0.9) - clock.Error;
            var channel = announce ? announcer.Channel : "";
            return space.RunAsync(Scripts.Write, keys, Arguments(writes, notAfter, margin, channel, start), deadline, cancellationToken);
        }
    }

    private RedisValue[] Arguments(IReadOnlyList<RemoteWrite> writes, long notAfter, long? margin, string channel, byte[] start)
    {
        var arguments = new RedisValue[ArgumentsBefore + (writes.Count * ArgumentsPerKey)];
        arguments[0] = notAfter;
        arguments[1] = margin ?? RedisValue.EmptyString;
        arguments[2] = _tombstoneLife;
        arguments[3] = channel;
        arguments[4] = start;
        for (var i = 0; i < writes.Count; i++)
        {
            var write = writes[i];
            var at = ArgumentsBefore + (i * ArgumentsPerKey);
            arguments[at] = write.IsSet ? "S" : "D";
            arguments[at + 1] = announcer.Node.NextNonce();
            arguments[at + 2] = write.AsOf;
            arguments[at + 3] = Micros(write.Ttl);
            arguments[at + 4] = channel.Length == 0 ? RedisValue.EmptyString : RemoteMessage.KeyPart(write.Key);
            arguments[at + 5] = write.IsSet ? write.Envelope : RedisValue.EmptyString;
        }

        return arguments;
    }

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}
