using System.Net;
using System.Net.Sockets;

namespace Oxcaching.Tests.Servers;

/// <summary>Accepts connections and never says a word, as a black hole behind a load balancer does.</summary>
public sealed class SilentServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public SilentServer() => _listener.Start();

    public string Url => $"redis://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public void Dispose() => _listener.Dispose();
}
