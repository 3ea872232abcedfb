using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>A command whose answer is taken as it is.</summary>
internal sealed class OneCommand<T>(Func<IDatabase, CommandFlags, Task<T>> command) : RedisCommand<T, T>
{
    protected override Task<T> SendAsync(IDatabase database, CommandFlags flags) => command(database, flags);

    protected override T Read(T reply) => reply;
}
