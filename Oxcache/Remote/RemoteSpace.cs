using Oxcaching.Configuration;
using Oxcaching.Remote.Topology;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The keys of one service in one Redis, and how to send commands about them. Thread-safe.</summary>
internal sealed class RemoteSpace(ServiceSettings service, RemoteSettings settings, RedisConnection connection)
{
    private readonly string _keySpace = $"{settings.KeyPrefix}:{service.Name}:";
    private readonly string _lockSpace = $"{settings.KeyPrefix}:~lock:{service.Name}:";

    public RedisConnection Connection => connection;

    /// <summary>How long a tombstone stands: longer than any load that began before it.</summary>
    public TimeSpan TombstoneLife { get; } = service.Rules.TombstoneLife ?? service.FlightTimeout + TimeSpan.FromSeconds(10);

    public TimeSpan LeaseLife => service.FlightTimeout;

    public RemoteKey KeyOf(string key) => RemoteKey.For(_keySpace, key);

    /// <summary>No service name has a '~', so no key of a service is the lock of another.</summary>
    public RedisKey LockOf(string key) => RemoteKey.For(_lockSpace, key).Redis;

    /// <summary>Where a clear leaves the tombstone of all keys that are not there.</summary>
    public RedisKey ClearMark { get; } = $"{settings.KeyPrefix}:~clear:{service.Name}";

    /// <summary>Sends a command about a key.</summary>
    public ValueTask<T> CallAsync<TReply, T>(RedisKey key, RedisCommand<TReply, T> command, Deadline deadline, CancellationToken cancellationToken) =>
        connection.CallAsync(settings.Database, key, command, deadline, cancellationToken);

    /// <summary>Sends a command that is for no key in particular.</summary>
    public ValueTask<T> CallAsync<TReply, T>(RedisCommand<TReply, T> command, Deadline deadline, CancellationToken cancellationToken) =>
        connection.CallAsync(settings.Database, command, deadline, cancellationToken);

    public ValueTask<ScriptReply> RunAsync(Script script, RedisKey key, RedisValue[] arguments, Deadline deadline, CancellationToken cancellationToken) =>
        RunAsync(script, [key], arguments, deadline, cancellationToken);

    public ValueTask<ScriptReply> RunAsync(Script script, RedisKey[] keys, RedisValue[] arguments, Deadline deadline, CancellationToken cancellationToken) =>
        connection.ScriptAsync(settings.Database, script, keys, arguments, deadline, cancellationToken);

    /// <summary>Does on a primary what every load does: leaves a lease, at a key that nobody uses, for a moment.</summary>
    /// <param name="primary">Which one. Where it has none of the service's keys, nothing is done.</param>
    /// <param name="thoroughly">Whether to do all else that loads may do, too.</param>
    /// <param name="deadline">When to give up.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RemoteException">It cannot be done.</exception>
    public async ValueTask TryAsync(Primary primary, bool thoroughly, Deadline deadline, CancellationToken cancellationToken)
    {
        const int LifeInMilliseconds = 1000;
        var nonce = Guid.NewGuid().ToString("N")[..16];
        var keys = Enumerable.Range(0, 8 * PrimaryMap.SlotCount).Select(i => (RedisKey)$"{settings.KeyPrefix}:~trial:{service.Name}:{nonce}:{i}");
        if (keys.Cast<RedisKey?>().FirstOrDefault(key => connection.PrimaryOf(key!.Value) == primary) is not { } key)
        {
            return;
        }

        RedisValue[] lease = [nonce, LifeInMilliseconds, 1];
        var left = await RunAsync(Scripts.Lease, key, lease, deadline, cancellationToken).ConfigureAwait(false);
        if (!thoroughly)
        {
            return;
        }

        await CallAsync(key, new OneCommand<RedisValue>((db, flags) => db.StringGetAsync(key, flags)), deadline, cancellationToken).ConfigureAwait(false);
        await RunAsync(Scripts.Touch, key, [left.Payload, 0, "", ""], deadline, cancellationToken).ConfigureAwait(false);

        // Over the first, whose time is over.
        await RunAsync(Scripts.Lease, key, lease, deadline, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Every key of the service, as it stands in Redis, a batch at a time. Blocks the thread on every page.</summary>
    /// <exception cref="RemoteException">A primary cannot be asked; thrown after the keys of the others.</exception>
    public IEnumerable<RemoteKey[]> Scan(int batchSize) =>
        connection.Scan(settings.Database, GlobPattern.Escape(_keySpace) + "*", batchSize).Select(batch => batch.Select(RemoteKey.Standing).ToArray());
}
