using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Oxcaching.Tests.Faults;

/// <summary>Stands between clients and a server on the loopback interface, and harms what passes, as told. Thread-safe.</summary>
/// <remarks>
/// A fault holds for connections there are and for those to come, until another is applied to the same direction and kind.
/// That the server closes or resets a connection reaches the client as bytes do, through the fault in force.
/// </remarks>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DnsEndPoint _target;
    private readonly int _seed;
    private readonly Lock _lock = new();
    private readonly Dictionary<(ConnectionKind, Direction), Fault> _faults = [];
    private readonly Dictionary<ProxyConnection, Task> _connections = [];
    private readonly Task _accepting;
    private ConnectionKind _refused;
    private int _accepted;
    private bool _isDisposed;

    /// <summary>Begins to listen.</summary>
    /// <param name="url">The server's: <c>redis://host:port</c>.</param>
    /// <param name="seed">Decides the jitter of delays.</param>
    public TcpProxy(string url, int seed = 0)
    {
        var target = new Uri(url);
        _target = new DnsEndPoint(target.Host, target.Port);
        _seed = seed;
        _listener.Start(backlog: 512);
        _accepting = AcceptAsync();
    }

    public string Url => $"redis://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many connections were ever made, the refused ones included.</summary>
    public int AcceptedCount => Volatile.Read(ref _accepted);

    /// <summary>How many connections there are.</summary>
    public int Count(ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            return Chosen(connections).Count;
        }
    }

    public void Apply(Fault fault, Direction direction = Direction.Both, ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            foreach (var kind in Parts(connections))
            {
                foreach (var way in Parts(direction))
                {
                    _faults[(kind, way)] = fault;
                }
            }

            foreach (var connection in Chosen(connections))
            {
                connection.Apply(fault, direction);
            }
        }
    }

    /// <summary>Resets the connections there are.</summary>
    public void Cut(ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            Chosen(connections).ForEach(connection => connection.Abort());
        }
    }

    /// <summary>Resets the connections there are, and new ones too until <see cref="Heal"/>.</summary>
    public void Refuse(ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            _refused |= connections;
            Cut(connections);
        }
    }

    /// <summary>No fault any more. What was held or delayed goes on at once; what a black hole has swallowed bytes of stays dead.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _refused = 0;
            Apply(Fault.Pass);
        }
    }

    /// <summary>What is on its way, as text: held, delayed or trickling.</summary>
    public string Waiting(Direction direction, ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            return Encoding.Latin1.GetString([.. Chosen(connections).SelectMany(connection => connection.Waiting(direction))]);
        }
    }

    /// <summary>How many bytes of the connections there are went into a black hole.</summary>
    public long LostBytes(Direction direction, ConnectionKind connections = ConnectionKind.Any)
    {
        lock (_lock)
        {
            return Chosen(connections).Sum(connection => connection.LostBytes(direction));
        }
    }

    /// <summary>Resets every connection, and waits until none is left.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Task> running;
        lock (_lock)
        {
            _isDisposed = true;
            running = [_accepting, .. _connections.Values];
            Cut();
        }

        _listener.Dispose();
        await Task.WhenAll(running);
    }

    private static IEnumerable<ConnectionKind> Parts(ConnectionKind kinds) =>
        new[] { ConnectionKind.Interactive, ConnectionKind.Subscription }.Where(kind => kinds.HasFlag(kind));

    private static IEnumerable<Direction> Parts(Direction direction) =>
        new[] { Direction.ToServer, Direction.ToClient }.Where(way => direction.HasFlag(way));

    private List<ProxyConnection> Chosen(ConnectionKind connections) =>
        [.. _connections.Keys.Where(connection => connections.HasFlag(connection.Kind))];

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // It was disposed, while it waited or just before.
                return;
            }

            Admit(client);
        }
    }

    private void Admit(Socket client)
    {
        lock (_lock)
        {
            var number = _accepted++;
            if (_isDisposed || _refused.HasFlag(ConnectionKind.Interactive))
            {
                client.Close(0);
                return;
            }

            var connection = new ProxyConnection(client, _target, unchecked((_seed * 397) + number));
            ApplyFaults(connection);
            _connections.Add(connection, Task.Run(() => ServeAsync(connection)));
        }
    }

    private async Task ServeAsync(ProxyConnection connection)
    {
        try
        {
            await connection.RunAsync(() => Reclassify(connection));
        }
        finally
        {
            lock (_lock)
            {
                _connections.Remove(connection);
            }

            connection.Dispose();
        }
    }

    /// <summary>The connection has just shown that it is for messages.</summary>
    private void Reclassify(ProxyConnection connection)
    {
        lock (_lock)
        {
            if (_refused.HasFlag(ConnectionKind.Subscription))
            {
                connection.Abort();
                return;
            }

            ApplyFaults(connection);
        }
    }

    private void ApplyFaults(ProxyConnection connection)
    {
        foreach (var way in Parts(Direction.Both))
        {
            connection.Apply(_faults.GetValueOrDefault((connection.Kind, way), Fault.Pass), way);
        }
    }
}
