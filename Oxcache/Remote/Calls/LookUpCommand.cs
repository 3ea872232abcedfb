using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Reads a value for a caller who wants nothing else: no answer is a miss, too.</summary>
internal sealed class LookUpCommand<T, TAnswer, TShape>(RemoteKey key, RemoteCodec codec, ICallWatcher watcher) : RedisCommand<RedisValue, TAnswer>
    where TShape : struct, ILookUpAnswer<T, TAnswer>
{
    protected override Task<RedisValue> SendAsync(IDatabase database, CommandFlags flags) => database.StringGetAsync(key.Redis, flags);

    protected override TAnswer Read(RedisValue reply)
    {
        watcher.Answered();
        var read = codec.Read<T>(key, reply);
        return TShape.To(read.Hit ? new(read.Value) : CacheLookup<T>.Miss);
    }

    protected override bool IsAnswer(RemoteException error, out TAnswer answer)
    {
        answer = TShape.To(CacheLookup<T>.Miss);
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
