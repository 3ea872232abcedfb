using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Reads a value. Whatever cannot be read is a miss.</summary>
internal sealed class ReadCommand<T>(RemoteKey key, RemoteCodec codec) : RedisCommand<RedisValue, RemoteRead<T>>
{
    protected override Task<RedisValue> SendAsync(IDatabase database, CommandFlags flags) => database.StringGetAsync(key.Redis, flags);

    protected override RemoteRead<T> Read(RedisValue reply) => codec.Read<T>(key, reply);

    protected override bool IsAnswer(RemoteException error, out RemoteRead<T> answer)
    {
        answer = default;
        return codec.IsForeign(key, error);
    }
}
