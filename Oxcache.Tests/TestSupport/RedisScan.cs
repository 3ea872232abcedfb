using StackExchange.Redis;

namespace Oxcaching.Tests.TestSupport;

internal static class RedisScan
{
    public static Task<List<string>> ExecuteScanAsync(this IDatabase database, string pattern) =>
        Task.Run(() =>
        {
            var multiplexer = database.Multiplexer;
            var server = multiplexer.GetServer(multiplexer.GetEndPoints()[0]);
            return server.Keys(database.Database, pattern, 100, CommandFlags.None).Select(key => (string)key!).ToList();
        });
}
