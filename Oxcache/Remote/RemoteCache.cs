using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Serialization;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The L2 of one service: its records in Redis. Thread-safe.</summary>
/// <remarks>
/// Invariant: a value that a load made is stored only over the very record that stood there before its body ran. So whatever
/// happens in between, a delete, a set, an eviction or a restart, costs the fill and never plants a stale value.
/// Every method throws <see cref="RemoteException"/> when Redis brings no answer by the deadline.
/// </remarks>
internal sealed class RemoteCache(
    ServiceSettings service, RemoteSettings settings, RedisConnection connection, ICacheSerializer serializer, ServiceEvents events)
{
    private readonly string _keySpace = $"{settings.KeyPrefix}:{service.Name}:";
    private readonly long _tombstoneLife = (long)(service.FlightTimeout + TimeSpan.FromSeconds(10)).TotalMilliseconds;
    private readonly long _leaseLife = (long)service.FlightTimeout.TotalMilliseconds;

    /// <summary>Reads a value. Whatever cannot be read is a miss.</summary>
    public async Task<RemoteRead<T>> ReadAsync<T>(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var remoteKey = Key(key);
        var record = await GetAsync(remoteKey, deadline, cancellationToken).ConfigureAwait(false);
        var read = Decode<T>(remoteKey, record);
        if (read.Hit)
        {
            events.RemoteHit();
        }
        else
        {
            events.RemoteMiss();
        }

        return read;
    }

    /// <summary>Whether a live value stands there; reads the head alone.</summary>
    public async Task<bool> ExistsAsync(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var remoteKey = Key(key);
        var start = await GetStartAsync(remoteKey, Head.Length + Head.TimeLength, deadline, cancellationToken).ConfigureAwait(false);
        return Head.TryParse(start, out var head) && Remaining(remoteKey, head, start) > TimeSpan.Zero;
    }

    /// <summary>Takes the lease for a load that found no value, and returns the load's base: the head that stands there now.</summary>
    public async Task<Head> LeaseAsync(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var reply = await RunAsync(Scripts.Lease, Key(key), [Nonce.Next(), _leaseLife], deadline, cancellationToken).ConfigureAwait(false);
        return HeadOf(reply);
    }

    /// <summary>
    /// Sends a load's value, before it returns. Completes with whether the base still stood there, so that the value may be kept:
    /// also for a value that cannot be sent.
    /// </summary>
    public async Task<bool> FillAsync<T>(string key, T value, Head @base, TimeSpan ttl, Deadline deadline)
    {
        var remoteKey = Key(key);
        if (Encode(remoteKey, value) is not { } envelope)
        {
            var start = await GetStartAsync(remoteKey, Head.Length, deadline, CancellationToken.None).ConfigureAwait(false);
            return start.AsSpan().SequenceEqual(@base.Bytes.Span);
        }

        var reply = await RunAsync(
            Scripts.Fill, remoteKey, [@base.Bytes.ToArray(), Nonce.Next(), Micros(ttl), _tombstoneLife, envelope], deadline, CancellationToken.None).ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Stored)
        {
            return true;
        }

        events.FillRefused();
        return false;
    }

    /// <summary>Stores a value over whatever is there. One that cannot be sent deletes what is there: it must not outlive it.</summary>
    public async Task SetAsync<T>(string key, T value, TimeSpan ttl, Deadline deadline, CancellationToken cancellationToken)
    {
        var remoteKey = Key(key);
        if (Encode(remoteKey, value) is not { } envelope)
        {
            await DeleteAsync(remoteKey.Redis, deadline, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WriteAsync(
            Scripts.Set, remoteKey.Redis, deadline, (notAfter, asOf) => [Nonce.Next(), notAfter, asOf, Micros(ttl), _tombstoneLife, envelope], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves a tombstone; returns whether a live value stood there.</summary>
    public async Task<bool> DeleteAsync(string key, Deadline deadline, CancellationToken cancellationToken)
    {
        var reply = await DeleteAsync(Key(key).Redis, deadline, cancellationToken).ConfigureAwait(false);
        return reply.Outcome == ScriptOutcome.Deleted;
    }

    /// <summary>Leaves a tombstone on every record of the service, leases and tombstones included: a load may rest on any of them.</summary>
    /// <remarks>The deadline is that of each command; a SCAN of a large Redis takes many.</remarks>
    public Task ClearAsync(Func<Deadline> deadline, CancellationToken cancellationToken)
    {
        const int BatchSize = 500;
        return Task.Run(ClearAllAsync, cancellationToken);

        async Task ClearAllAsync()
        {
            RemoteException? failure = null;
            foreach (var keys in connection.Scan(settings.Database, GlobPattern.Escape(_keySpace) + "*", BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var limit = deadline();
                try
                {
                    await Task.WhenAll(keys.Select(key => DeleteAsync(key, limit, cancellationToken))).ConfigureAwait(false);
                }
                catch (RemoteException e)
                {
                    // The keys of other primaries can still be cleared.
                    failure = e;
                }
            }

            if (failure is not null)
            {
                throw failure;
            }
        }
    }

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;

    private static Head HeadOf(ScriptReply reply) =>
        Head.TryParse(reply.Payload, out var head)
            ? head
            : throw new RemoteException(RemoteFailure.Refused, "A script answered without a head.");

    private RemoteKey Key(string key) => RemoteKey.For(_keySpace, key);

    private Task<byte[]?> GetAsync(RemoteKey key, Deadline deadline, CancellationToken cancellationToken) =>
        GetAsync(key, (db, flags) => db.StringGetAsync(key.Redis, flags), deadline, cancellationToken);

    private Task<byte[]?> GetStartAsync(RemoteKey key, int length, Deadline deadline, CancellationToken cancellationToken) =>
        GetAsync(key, (db, flags) => db.StringGetRangeAsync(key.Redis, 0, length - 1, flags), deadline, cancellationToken);

    private async Task<byte[]?> GetAsync(
        RemoteKey key, Func<IDatabase, CommandFlags, Task<RedisValue>> command, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.CallAsync(settings.Database, key.Redis, command, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (RemoteException e) when (e.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            events.Unreadable(key.Text, "Not a string of Redis.");
            return null;
        }
    }

    private RemoteRead<T> Decode<T>(RemoteKey key, byte[]? record)
    {
        if (!Head.TryParse(record, out var head))
        {
            if (record is not null)
            {
                events.Unreadable(key.Text, "Not a record of Oxcache.");
            }

            return default;
        }

        var missed = new RemoteRead<T>(false, default, TimeSpan.Zero, head);
        var remaining = Remaining(key, head, record);
        if (remaining <= TimeSpan.Zero)
        {
            return missed;
        }

        string? problem;
        try
        {
            if (Envelope.TryRead<T>(key, record.AsSpan(Head.Length + Head.TimeLength), serializer, out var value, out problem))
            {
                return new RemoteRead<T>(true, value, remaining, head);
            }
        }
        catch (Exception e)
        {
            // A serializer, or a converter of the application, may throw anything.
            problem = e.Message;
        }

        if (problem is not null)
        {
            events.Unreadable(key.Text, problem);
        }

        return missed;
    }

    /// <summary>How long a record's value still lives; zero or less where there is none.</summary>
    private TimeSpan Remaining(RemoteKey key, Head head, byte[]? record) =>
        head.Kind == RecordKind.Value && Head.TryParseTime(record.AsSpan(Head.Length), out var expiry)
            ? TimeSpan.FromMicroseconds(expiry - connection.ClockOf(key.Redis).Now)
            : TimeSpan.Zero;

    /// <summary>The envelope to send; null, counted and logged, when the value cannot be sent.</summary>
    private byte[]? Encode<T>(RemoteKey key, T value)
    {
        byte[] envelope;
        try
        {
            envelope = Envelope.Write(key, value, serializer);
        }
        catch (Exception e)
        {
            // A serializer, or a getter or converter of the application, may throw anything.
            events.NotSerialized(typeof(T), e);
            return null;
        }

        var size = Envelope.PayloadLength(key, envelope);
        if (size > settings.MaxValueSize)
        {
            events.Oversized(key.Text, size, settings.MaxValueSize);
            return null;
        }

        return envelope;
    }

    private Task<ScriptReply> RunAsync(string script, RemoteKey key, RedisValue[] arguments, Deadline deadline, CancellationToken cancellationToken) =>
        connection.ScriptAsync(settings.Database, script, key.Redis, arguments, deadline, cancellationToken);

    private Task<ScriptReply> DeleteAsync(RedisKey key, Deadline deadline, CancellationToken cancellationToken) =>
        WriteAsync(Scripts.Delete, key, deadline, (notAfter, asOf) => [Nonce.Next(), notAfter, asOf, _tombstoneLife], cancellationToken);

    /// <summary>Runs a script that must change nothing once we have given up waiting for it.</summary>
    private async Task<ScriptReply> WriteAsync(
        string script, RedisKey key, Deadline deadline, Func<long, long, RedisValue[]> arguments, CancellationToken cancellationToken)
    {
        var asked = connection.Time.GetTimestamp();
        var reply = await Run().ConfigureAwait(false);
        if (reply.Outcome == ScriptOutcome.Late && Head.TryParseTime(reply.Payload.Span, out var redisTime))
        {
            // Late, and yet answered in time: Redis's clock was set.
            connection.ClockOf(key).Observe(redisTime, asked, connection.Time.GetTimestamp());
            reply = await Run().ConfigureAwait(false);
        }

        return reply.Outcome == ScriptOutcome.Late
            ? throw new RemoteException(RemoteFailure.TimedOut, "The command ran too late and changed nothing.")
            : reply;

        Task<ScriptReply> Run()
        {
            var clock = connection.ClockOf(key);
            var now = clock.Now;
            var notAfter = now + Micros(deadline.Remaining * 0.9) - clock.Error;
            return connection.ScriptAsync(settings.Database, script, key, arguments(notAfter, now), deadline, cancellationToken);
        }
    }
}
