using System.Net.Security;
using System.Net.Sockets;

namespace Oxcaching.Tests.Servers;

/// <summary>How a server is set up where that is not as usual.</summary>
public sealed record ServerSetup
{
    public static ServerSetup Usual { get; } = new();

    /// <summary>It knows users and what each may do. Redis always does.</summary>
    public bool HasUsers { get; init; }

    /// <summary>It speaks TLS and nothing else, with this certificate; null: plainly.</summary>
    public ServerCertificate? Certificate { get; init; }

    public string Url(int port) => $"{(Certificate is null ? "redis" : "rediss")}://127.0.0.1:{port}";

    /// <summary>What redis-server is told about its ports.</summary>
    /// <param name="port">Where clients connect.</param>
    /// <param name="plainPort">Where it speaks plainly beside TLS; 0: nowhere.</param>
    /// <param name="certificate">Where it finds the certificate.</param>
    /// <param name="key">And its key.</param>
    public string[] RedisArguments(int port, int plainPort, string certificate, string key) => Certificate is null
        ? ["--port", $"{port}"]
        : ["--port", $"{plainPort}", "--tls-port", $"{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];

    /// <summary>The stream on which to talk to such a server, whoever it says it is.</summary>
    public async Task<Stream> SpeakAsync(TcpClient client, CancellationToken cancellationToken)
    {
        if (Certificate is null)
        {
            return client.GetStream();
        }

        var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, cancellationToken);
        return stream;
    }
}
