using System.Net;
using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

/// <summary>Sends back whatever it is sent.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private int _connections;

    public EchoServer()
    {
        _listener.Start();
        _running = RunAsync();
    }

    public string Url => $"redis://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many clients are connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _running;
    }

    private async Task RunAsync()
    {
        List<Task> clients = [];
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                clients.Add(EchoAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task EchoAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            using (client)
            {
                await client.GetStream().CopyToAsync(client.GetStream(), _stopping.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The client broke off, or the test is over.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
