using System.Security.Cryptography;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Locks of one service in Redis: a key with its owner's token, which expires. Thread-safe.</summary>
internal sealed class RemoteLocks(RemoteSpace space)
{
    /// <summary>Takes the lock; returns the token to release it by, or null while another has it.</summary>
    public async ValueTask<string?> TryTakeAsync(string key, TimeSpan ttl, Deadline deadline, CancellationToken cancellationToken)
    {
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var name = space.LockOf(key);
        var taken = await space.CallAsync(
            name, new OneCommand<bool>((db, flags) => db.StringSetAsync(name, token, ttl, When.NotExists, flags)), deadline, cancellationToken).ConfigureAwait(false);
        return taken ? token : null;
    }

    /// <summary>Releases the lock if it still is the token's.</summary>
    public async ValueTask<bool> ReleaseAsync(string key, string token, Deadline deadline)
    {
        var reply = await space.RunAsync(Scripts.Unlock, space.LockOf(key), [token], deadline, CancellationToken.None).ConfigureAwait(false);
        return reply.Outcome == ScriptOutcome.Stored;
    }
}
