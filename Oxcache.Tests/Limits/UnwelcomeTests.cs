using System.Net;
using System.Net.Sockets;
using System.Text;
using Oxcaching.Tests.Servers;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Limits;

/// <summary>A server, or what stands in its place, that does not let the cache in at all.</summary>
public sealed class UnwelcomeTests
{
    private const string Secret = "a-secret-of-ours";

    [SkippableFact]
    public async Task A_password_that_is_missing_is_named_and_asked_for_again()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "requirepass", Secret);
        await using var manager = await StartAsync(server.Url, "AuthenticationFailure");

        await RedisConsole.AskAsAsync(server.Port, Secret, "CONFIG", "SET", "requirepass", "");
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0, Limits.Count: 0 });
    }

    [SkippableFact]
    public async Task A_wrong_password_is_named_and_never_shown()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "requirepass", "another");
        await using var manager = await StartAsync($"redis://:{Secret}@127.0.0.1:{server.Port}", "AuthenticationFailure");

        Assert.DoesNotContain(Secret, manager.Health.ToString() + string.Join('\n', manager.Health.Limits), StringComparison.Ordinal);
        await RedisConsole.AskAsAsync(server.Port, "another", "CONFIG", "SET", "requirepass", Secret);
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
    }

    [SkippableFact]
    public async Task A_database_that_is_not_there_is_named()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var manager = await StartAsync(server.Url + "/99", "no such database");
    }

    [SkippableFact]
    public async Task A_server_that_has_as_many_connections_as_it_may_is_named_and_used_when_there_is_room()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        using var one = new TcpClient();
        await one.ConnectAsync(IPAddress.Loopback, server.Port);
        await RedisConsole.AskAsync(server.Port, "CONFIG", "SET", "maxclients", "1");
        await using var manager = await StartAsync(server.Url, "maxclients");

        await one.GetStream().WriteAsync("CONFIG SET maxclients 1000\r\n"u8.ToArray());
        await Eventually.Is(() => manager.Health is { State: HealthState.Healthy, PendingWrites: 0 });
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "not a Redis")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "not a Redis")]
    [InlineData("-DENIED Redis is running in protected mode because protected mode is enabled and no password is set for the default user.\r\n", "protected mode")]
    [InlineData("-ERR max number of clients reached\r\n", "maxclients")]
    public async Task Who_says_something_else_is_named(string greeting, string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = GreetAsync(listener, greeting);
        await using (await StartAsync($"redis://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", says))
        {
        }

        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task A_name_that_leads_nowhere_is_named()
    {
        await using var manager = await StartAsync("redis://no-such-host.invalid", "DNS");
    }

    [SkippableFact]
    public async Task A_server_without_TLS_is_named()
    {
        using var server = await ServerPool.StartOwnAsync(ServerKind.Redis);
        await using var manager = await StartAsync($"rediss://127.0.0.1:{server.Port}", "TLS");
    }

    /// <summary>L1 works alone, without a wait, and the reason is said.</summary>
    private static async Task<CacheManager> StartAsync(string url, string says)
    {
        var options = Caches.TwoLevel(url, configure: service =>
        {
            service.L2.ConnectionTimeout = TimeSpan.FromSeconds(2);
            service.L2.CommandTimeout = TimeSpan.FromSeconds(1);
        });
        var manager = await options.StartAsync();
        var bodies = 0;
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(1, await manager.Things().GetOrSetAsync("k", _ => new ValueTask<int>(++bodies)));
        }

        await manager.Things().SetAsync("set", 1);
        Assert.Equal(1, manager.Health.PendingWrites);
        await Eventually.Is(() => manager.Health.Limits.Any(limit => limit.Contains(says, StringComparison.Ordinal)));
        return manager;
    }

    private static async Task GreetAsync(TcpListener listener, string greeting)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting));
                client.Client.Shutdown(SocketShutdown.Send);
                await client.Client.ReceiveAsync(new byte[1]);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over, or the client was quick to go.
        }
    }
}
