using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;
using StackExchange.Redis;

namespace Oxcaching.Tests.Faults;

/// <summary>The proxy between a real client and a real server.</summary>
public sealed class ProxiedRedisTests
{
    [SkippableTheory]
    [EachServer]
    public async Task The_two_connections_of_a_client_are_told_apart(ServerKind kind)
    {
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync(kind));
        using var redis = await ConnectAsync(proxy);
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(NewName()), (_, _) => { });

        Assert.Equal(1, proxy.Count(ConnectionKind.Subscription));
        Assert.Equal(1, proxy.Count(ConnectionKind.Interactive));
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_message_can_be_held_while_replies_pass(ServerKind kind)
    {
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync(kind));
        using var redis = await ConnectAsync(proxy);
        var channel = NewName();
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, message) => received.TrySetResult(message!));
        proxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Subscription);

        Assert.Equal(1, await redis.GetDatabase().PublishAsync(RedisChannel.Literal(channel), "news"));
        await Eventually.Is(() => proxy.Waiting(Direction.ToClient).Contains("news", StringComparison.Ordinal));
        Assert.False(received.Task.IsCompleted);

        proxy.Heal();
        Assert.Equal("news", await received.Task);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_reply_can_be_held_while_its_command_has_run(ServerKind kind)
    {
        var url = await ServerPool.UrlAsync(kind);
        await using var proxy = new TcpProxy(url);
        await using var direct = new TcpProxy(url);
        using var redis = await ConnectAsync(proxy);
        using var other = await ConnectAsync(direct);
        var key = NewName();
        proxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Interactive);

        var setting = redis.GetDatabase().StringSetAsync(key, "1", TimeSpan.FromMinutes(1));
        await Eventually.Async(async () => await other.GetDatabase().StringGetAsync(key) == "1");
        Assert.False(setting.IsCompleted);

        proxy.Heal();
        Assert.True(await setting);
    }

    [SkippableTheory]
    [EachServer]
    public async Task A_cache_lives_through_a_cut(ServerKind kind)
    {
        await using var proxy = new TcpProxy(await ServerPool.UrlAsync(kind));
        var options = Caches.TwoLevel(proxy.Url);
        options.HealthCheckInterval = TimeSpan.FromSeconds(1);
        await using var manager = await options.StartAsync();
        await manager.Things().SetL2OnlyAsync("k", 1);

        proxy.Cut();

        await Eventually.Async(async () => await manager.Things().GetAsync<int>("k") == 1);
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(TcpProxy proxy) => ConnectionMultiplexer.ConnectAsync(proxy.Url["redis://".Length..]);

    private static string NewName() => "proxied" + Guid.NewGuid().ToString("N");
}
