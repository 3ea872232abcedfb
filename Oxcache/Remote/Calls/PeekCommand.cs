using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>Reads what stands at a key and how long it still lives, without its value.</summary>
internal sealed class PeekCommand(RemoteKey key, RemoteCodec codec) : RedisCommand<RedisValue, RemoteRead<bool>>
{
    protected override Task<RedisValue> SendAsync(IDatabase database, CommandFlags flags) =>
        database.StringGetRangeAsync(key.Redis, 0, Head.Length + Head.TimeLength - 1, flags);

    protected override RemoteRead<bool> Read(RedisValue reply)
    {
        byte[]? start = reply;
        if (!Head.TryParse(start, out var head))
        {
            return default;
        }

        var remaining = codec.Remaining(key, head, start);
        return new RemoteRead<bool>(remaining > TimeSpan.Zero, default, remaining, head);
    }

    protected override bool IsAnswer(RemoteException error, out RemoteRead<bool> answer)
    {
        answer = default;
        return codec.IsForeign(key, error);
    }
}
