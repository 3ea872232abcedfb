using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Reads a value for a caller who wants nothing else: no answer is a miss, too.</summary>
internal sealed class LookUpCommand<T>(RemoteKey key, RemoteCodec codec, ICallWatcher watcher) : RedisCommand<RedisValue, CacheLookup<T>>
{
    protected override Task<RedisValue> SendAsync(IDatabase database, CommandFlags flags) => database.StringGetAsync(key.Redis, flags);

    protected override CacheLookup<T> Read(RedisValue reply)
    {
        watcher.Answered();
        var read = codec.Read<T>(key, reply);
        return read.Hit ? new(read.Value) : CacheLookup<T>.Miss;
    }

    protected override bool IsAnswer(RemoteException error, out CacheLookup<T> answer)
    {
        answer = CacheLookup<T>.Miss;
        if (codec.IsForeign(key, error))
        {
            watcher.Answered();
        }
        else
        {
            watcher.Failed(error);
        }

        return true;
    }
}
