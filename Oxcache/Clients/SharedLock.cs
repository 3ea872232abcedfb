using Oxcaching.Recovery;

namespace Oxcaching.Clients;

/// <summary>A lock in Redis, while its owner has it.</summary>
internal sealed class SharedLock(GuardedRemote remote, string key, string token) : IAsyncDisposable
{
    private int _isReleased;

    /// <summary>Releases it, once. If Redis does not answer it expires by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            await remote.UnlockAsync(key, token).ConfigureAwait(false);
        }
    }
}
