using System.Net;
using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

/// <summary>A client's connection and its twin to the server.</summary>
internal sealed class ProxyConnection : IDisposable
{
    private readonly Socket _client;
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly EndPoint _target;
    private readonly ProxyPipe _toServer;
    private readonly ProxyPipe _toClient;
    private readonly SubscriptionSniffer _sniffer = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Lazy<Task<Socket>> _connecting;
    private int _kind = (int)ConnectionKind.Interactive;

    public ProxyConnection(Socket client, EndPoint target, int seed)
    {
        client.NoDelay = true;
        _client = client;
        _target = target;
        _connecting = new(ConnectAsync);
        _toServer = new ProxyPipe(new ServerEnd(() => _connecting.Value, Abort), new Random(seed));
        _toClient = new ProxyPipe(new ClientEnd(client, Abort), new Random(~seed));
    }

    public ConnectionKind Kind => (ConnectionKind)Volatile.Read(ref _kind);

    /// <summary>Passes bytes to and fro until both ends have closed, or it is aborted.</summary>
    /// <param name="subscribes">Called when the client first sends a subscription, before that is passed on.</param>
    public async Task RunAsync(Action subscribes)
    {
        try
        {
            await Task.WhenAll(
                _toServer.ReadAsync(() => Task.FromResult(_client), Inspect, _ended.Token),
                _toServer.WriteAsync(_ended.Token),
                _toClient.ReadAsync(() => _connecting.Value, _ => { }, _ended.Token),
                _toClient.WriteAsync(_ended.Token));
        }
        catch (Exception e) when (_ended.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Aborted.
        }

        void Inspect(ReadOnlySpan<byte> bytes)
        {
            if (Kind == ConnectionKind.Interactive && _sniffer.Sees(bytes))
            {
                Volatile.Write(ref _kind, (int)ConnectionKind.Subscription);
                subscribes();
            }
        }
    }

    public void Apply(Fault fault, Direction direction)
    {
        foreach (var pipe in Pipes(direction))
        {
            pipe.Apply(fault);
        }
    }

    public IEnumerable<byte> Waiting(Direction direction) => Pipes(direction).SelectMany(pipe => pipe.Waiting);

    public long LostBytes(Direction direction) => Pipes(direction).Sum(pipe => pipe.LostBytes);

    /// <summary>Resets both ends at once.</summary>
    public void Abort()
    {
        _ended.Cancel();
        foreach (var socket in new[] { _client, _server })
        {
            // A close that does not linger is a reset.
            socket.Close(0);
        }
    }

    public void Dispose()
    {
        Abort();
        _toServer.Dispose();
        _toClient.Dispose();
    }

    private async Task<Socket> ConnectAsync()
    {
        await _server.ConnectAsync(_target, _ended.Token);
        return _server;
    }

    private IEnumerable<ProxyPipe> Pipes(Direction direction)
    {
        if (direction.HasFlag(Direction.ToServer))
        {
            yield return _toServer;
        }

        if (direction.HasFlag(Direction.ToClient))
        {
            yield return _toClient;
        }
    }
}
