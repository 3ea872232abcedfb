using StackExchange.Redis;

namespace Oxcaching.Tests.History.Running;

/// <summary>Notices when the machine is too slow to hold anybody to 50 ms: no promise is about time in which nothing runs.</summary>
/// <remarks>It sends itself messages through Redis, past all proxies, so it waits for this process's threads and for the server's.</remarks>
internal sealed class MachineMonitor(ConnectionMultiplexer redis, HistoryRecorder recorder)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>What pause and message take on a machine that has time for them.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(15);

    public async Task RunAsync(CancellationToken stop)
    {
        var channel = "monitor" + Guid.NewGuid().ToString("N");
        var echo = new SemaphoreSlim(0);
        var subscriber = redis.GetSubscriber();
        await subscriber.SubscribeAsync(RedisChannel.Literal(channel), (_, _) => echo.Release());
        while (!stop.IsCancellationRequested)
        {
            var begin = recorder.Now;
            await Task.Delay(Pause, CancellationToken.None);
            await subscriber.PublishAsync(RedisChannel.Literal(channel), "");
            await echo.WaitAsync(CancellationToken.None);
            var end = recorder.Now;
            if (end - begin > Usual)
            {
                recorder.AddStall(new Interval(begin + Pause, end));
            }
        }

        await subscriber.UnsubscribeAllAsync();
    }
}
