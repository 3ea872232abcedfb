using System.Text.Json;
using Oxcaching.Remote;
using StackExchange.Redis;

namespace Oxcaching.Benchmarks.Remote;

/// <summary>The same calls by StackExchange.Redis alone, on a connection of its own with the client's defaults, answers in any order, and keys as long as ours.</summary>
internal sealed class Raw(ConnectionMultiplexer connection, string[] records, Profile[] values)
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);

    private int _calls;
    private readonly IDatabase _database = connection.GetDatabase();
    private readonly RedisKey[] _records = [.. records.Select(record => (RedisKey)record)];
    private readonly RedisKey[] _keys = [.. Enumerable.Range(0, values.Length).Select(i => (RedisKey)$"by-hand:single:user_{i}")];
    private readonly RedisKey[][] _scriptKeys = [.. Enumerable.Range(0, values.Length).Select(i => new RedisKey[] { $"by-hand:script:user_{i}" })];
    private readonly RedisValue _message = RemoteMessage.Start(MessageKind.Changed, 1, 1, [new MessageKey(RemoteKey.For("", "key"), 1)]);

    public static async Task<Raw> ConnectAsync(string endPoint, string[] records, Profile[] values)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(endPoint);
        return new Raw(connection, records, values);
    }

    /// <summary>The bytes of our own records.</summary>
    public Task GetAsync(int i) => _database.StringGetAsync(_records[i]);

    public async ValueTask<Profile?> GetValueAsync(int i) =>
        JsonSerializer.Deserialize<Profile>(((byte[]?)await _database.StringGetAsync(_keys[i]).ConfigureAwait(false))!);

    public Task SetAsync(int i) => _database.StringSetAsync(_keys[i], JsonSerializer.SerializeToUtf8Bytes(values[i]), Ttl);

    /// <summary>The script of a set, with its arguments made as cheaply as can be.</summary>
    public Task ScriptAsync(int i)
    {
        RedisValue[] arguments =
        [
            "9000000000000000", "", "D", 40_000, "script", _message, "none",
            $"01234567{Interlocked.Increment(ref _calls):x8}100000000000000000000000001800000", JsonSerializer.SerializeToUtf8Bytes(values[i]),
        ];
        return _database.ScriptEvaluateAsync(Scripts.Write.Hash, _scriptKeys[i], arguments);
    }

    public void Close() => connection.Dispose();
}
