using Oxcaching.Remote;
using Oxcaching.Serialization;
using StackExchange.Redis;

namespace Oxcaching.Tests.History.Running;

/// <summary>Looks at the records in Redis, past all instances, and writes down what it sees.</summary>
internal sealed class RedisLooker(ConnectionMultiplexer redis, FleetConfiguration configuration, HistoryRecorder recorder)
{
    private static readonly JsonCacheSerializer Json = new(null);

    public async Task RunAsync(IReadOnlyList<string> keys, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (var key in keys)
            {
                await LookAsync(key);
            }

            await Task.Delay(2, CancellationToken.None);
        }
    }

    public async Task LookAsync(string key)
    {
        var begin = recorder.Now;
        byte[]? record = await redis.GetDatabase().StringGetAsync(configuration.RedisKey(key));
        recorder.Add(new Operation
        {
            Kind = OperationKind.Look,
            Instance = Operation.Redis,
            Key = key,
            Begin = begin,
            End = recorder.Now,
            Value = ValueOf(key, record),
            Head = Head.TryParse(record, out var head) ? head.ToString() : null,
        });
    }

    /// <summary>The value of a record; null for none, and for a lease or a tombstone.</summary>
    private Stamp? ValueOf(string key, byte[]? record)
    {
        if (!Head.TryParse(record, out var head) || head.Kind != RecordKind.Value)
        {
            return null;
        }

        var remoteKey = RemoteKey.For(configuration.RedisKey(""), key);
        Assert.True(Envelope.TryRead<string>(remoteKey, record.AsSpan(Head.Length + Head.TimeLength), Json, out var value, out var problem), problem);
        return Stamp.Parse(value!);
    }
}
