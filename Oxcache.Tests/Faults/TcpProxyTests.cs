using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Faults;

public sealed class TcpProxyTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EchoServer _server = new();
    private readonly TcpProxy _proxy;

    public TcpProxyTests() => _proxy = new TcpProxy(_server.Url);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Bytes_pass_unharmed_both_ways()
    {
        using var client = await ConnectAsync();
        var sent = new byte[5_000_000];
        new Random(1).NextBytes(sent);

        var sending = client.SendAsync(sent);
        var received = new byte[sent.Length];
        await ReadAsync(client, received);

        Assert.Equal(sent.Length, await sending);
        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_hundred_clients_at_once_pass()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async number =>
        {
            using var client = await ConnectAsync();
            for (var round = 0; round < 20; round++)
            {
                await AssertEchoAsync(client, $"{number}/{round}");
            }
        }));

        Assert.Equal(100, _proxy.AcceptedCount);
    }

    [Fact]
    public async Task A_cut_resets_the_connections_there_are_and_lets_new_ones_pass()
    {
        using var client = await ConnectAsync();
        await AssertEchoAsync(client, "before");

        _proxy.Cut();

        await AssertResetAsync(client);
        using var next = await ConnectAsync();
        await AssertEchoAsync(next, "after");
    }

    [Fact]
    public async Task A_proxy_that_refuses_resets_new_connections_until_it_heals()
    {
        _proxy.Refuse();
        await AssertRefusedAsync();

        _proxy.Heal();
        using var client = await ConnectAsync();
        await AssertEchoAsync(client, "healed");
    }

    [Fact]
    public async Task Delayed_bytes_come_later_and_in_order()
    {
        using var client = await ConnectAsync();
        _proxy.Apply(Fault.Delay(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50)), Direction.ToServer);

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
        {
            await client.SendAsync(Encoding.ASCII.GetBytes($"{i}"));
            await Eventually.Is(() => _proxy.Waiting(Direction.ToServer).EndsWith($"{i}", StringComparison.Ordinal) || watch.Elapsed > Patience);
        }

        Assert.Equal("0123456789", await ReadTextAsync(client, 10));
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(50), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task A_trickle_lets_a_few_bytes_through_at_a_time()
    {
        using var client = await ConnectAsync();
        _proxy.Apply(Fault.Trickle(2, TimeSpan.FromMilliseconds(20)), Direction.ToClient);

        var watch = Stopwatch.StartNew();
        await AssertEchoAsync(client, "0123456789");

        // Four pauses of 20 ms, each of which a timer may cut short by some milliseconds.
        Assert.True(watch.Elapsed >= TimeSpan.FromMilliseconds(60), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Held_bytes_wait_until_they_are_let_go()
    {
        using var client = await ConnectAsync();
        _proxy.Apply(Fault.Hold, Direction.ToClient);

        await client.SendAsync("held"u8.ToArray());
        await Eventually.Is(() => _proxy.Waiting(Direction.ToClient) == "held");
        Assert.Equal("", _proxy.Waiting(Direction.ToServer));
        Assert.Equal(0, client.Available);

        _proxy.Heal();
        Assert.Equal("held", await ReadTextAsync(client, 4));
    }

    [Fact]
    public async Task Bytes_pass_until_some_have_the_text_from_which_they_are_held()
    {
        using var client = await ConnectAsync();
        _proxy.Apply(Fault.HoldFrom("stop"), Direction.ToClient);

        await AssertEchoAsync(client, "before");
        await client.SendAsync("now stop"u8.ToArray());
        await Eventually.Is(() => _proxy.Waiting(Direction.ToClient) == "now stop");
        await client.SendAsync(" after"u8.ToArray());
        await Eventually.Is(() => _proxy.Waiting(Direction.ToClient) == "now stop after");

        _proxy.Heal();
        Assert.Equal("now stop after", await ReadTextAsync(client, "now stop after".Length));
    }

    [Fact]
    public async Task What_falls_into_a_black_hole_is_gone_and_the_connection_with_it_though_it_stays_up()
    {
        using var client = await ConnectAsync();
        _proxy.Apply(Fault.BlackHole, Direction.ToServer);
        using var later = await ConnectAsync();
        await client.SendAsync("lost"u8.ToArray());
        await Eventually.Is(() => _proxy.LostBytes(Direction.ToServer) == 4);

        _proxy.Heal();

        await client.SendAsync("lost too"u8.ToArray());
        await Eventually.Is(() => _proxy.LostBytes(Direction.ToServer) == 12);
        await AssertEchoAsync(later, "never harmed");
        Assert.True(client.Connected);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task A_server_that_dies_behind_a_black_hole_is_not_noticed()
    {
        using var client = await ConnectAsync();
        await AssertEchoAsync(client, "before");
        _proxy.Apply(Fault.BlackHole);

        await _server.DisposeAsync();
        await client.SendAsync("anybody there?"u8.ToArray());
        await Eventually.Is(() => _proxy.LostBytes(Direction.ToServer) == 14);

        Assert.False(client.Poll(0, SelectMode.SelectRead));
        Assert.Equal(1, _proxy.Count());
    }

    [Fact]
    public async Task A_server_that_is_not_there_resets_the_client()
    {
        await _server.DisposeAsync();

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task A_fault_hits_only_the_kind_of_connection_it_is_meant_for()
    {
        using var interactive = await ConnectAsync();
        using var subscription = await ConnectAsync();
        await AssertEchoAsync(interactive, "*2\r\n$3\r\nGET\r\n$9\r\nsubscribe\r\n");

        // The command comes in two reads, as it may.
        await AssertEchoAsync(subscription, "*2\r\n$9\r\nSUBSC");
        await AssertEchoAsync(subscription, "RIBE\r\n$7\r\nchannel\r\n");
        Assert.Equal(1, _proxy.Count(ConnectionKind.Subscription));

        _proxy.Apply(Fault.Hold, Direction.ToClient, ConnectionKind.Subscription);
        await subscription.SendAsync("message"u8.ToArray());
        await Eventually.Is(() => _proxy.Waiting(Direction.ToClient, ConnectionKind.Subscription) == "message");
        await AssertEchoAsync(interactive, "reply");

        _proxy.Cut(ConnectionKind.Subscription);
        await AssertResetAsync(subscription);
        await AssertEchoAsync(interactive, "still there");
    }

    [Fact]
    public async Task A_fault_for_subscriptions_hits_a_connection_from_its_first_SUBSCRIBE_on()
    {
        _proxy.Apply(Fault.Hold, Direction.ToServer, ConnectionKind.Subscription);
        using var client = await ConnectAsync();
        await AssertEchoAsync(client, "*1\r\n$4\r\nPING\r\n");

        await client.SendAsync("*2\r\n$10\r\nPSUBSCRIBE\r\n$1\r\n*\r\n"u8.ToArray());

        await Eventually.Is(() => _proxy.Waiting(Direction.ToServer, ConnectionKind.Subscription).Length > 0);
        Assert.Equal(0, client.Available);
    }

    [Fact]
    public async Task A_closed_connection_leaves_nothing_behind()
    {
        foreach (var fault in new[] { Fault.Pass, Fault.BlackHole, Fault.Delay(TimeSpan.FromMilliseconds(1)), Fault.Trickle(1, TimeSpan.FromMilliseconds(1)) })
        {
            _proxy.Apply(fault);
            using (var client = await ConnectAsync())
            {
                await client.SendAsync("bye"u8.ToArray());
            }

            await Eventually.Is(() => _proxy.Count() == 0 && _server.Connections == 0);
        }
    }

    [Fact]
    public async Task A_disposed_proxy_resets_everybody_also_in_the_midst_of_a_fault()
    {
        List<Socket> clients = [];
        foreach (var fault in new[] { Fault.Pass, Fault.Hold, Fault.BlackHole, Fault.Delay(TimeSpan.FromHours(1)), Fault.Trickle(1, TimeSpan.FromHours(1)) })
        {
            _proxy.Apply(fault);
            clients.Add(await ConnectAsync());
            await clients[^1].SendAsync("stuck"u8.ToArray());
        }

        await Eventually.Is(() => _proxy.AcceptedCount == clients.Count);
        await _proxy.DisposeAsync();

        Assert.Equal(0, _proxy.Count());
        await Eventually.Is(() => _server.Connections == 0);
        clients.ForEach(client => client.Dispose());
    }

    private static async Task AssertEchoAsync(Socket client, string text)
    {
        await client.SendAsync(Encoding.Latin1.GetBytes(text));
        Assert.Equal(text, await ReadTextAsync(client, text.Length));
    }

    /// <summary>The reset may come before the client believes itself connected, or after.</summary>
    private async Task AssertRefusedAsync()
    {
        var e = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using var client = await ConnectAsync();
            await client.ReceiveAsync(new byte[1]).WaitAsync(Patience);
        });
        Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
    }

    private static async Task AssertResetAsync(Socket client)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var e = await Assert.ThrowsAsync<SocketException>(async () => await client.ReceiveAsync(new byte[1], timeout.Token));
        Assert.Equal(SocketError.ConnectionReset, e.SocketErrorCode);
    }

    private static async Task<string> ReadTextAsync(Socket client, int length)
    {
        var bytes = new byte[length];
        await ReadAsync(client, bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    private static async Task ReadAsync(Socket client, byte[] bytes)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await using var stream = new NetworkStream(client, ownsSocket: false);
        await stream.ReadExactlyAsync(bytes, timeout.Token);
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", new Uri(_proxy.Url).Port);
        return client;
    }
}
