using System.Net;
using System.Net.Sockets;
using System.Text;
using Oxcaching.Diagnostics;

namespace Oxcaching.Remote;

/// <summary>What a server says before it hangs up on somebody whom it does not want: the client does not pass that on.</summary>
internal static class Greeting
{
    private const int Longest = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Why the server hangs up; none where it does not say. Throws nothing but the cancellation.</summary>
    public static async Task<(RemoteLimit Limit, string Sentence)> ReadAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Patience);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint, over.Token).ConfigureAwait(false);
            var bytes = new byte[Longest];
            var length = await socket.ReceiveAsync(bytes, over.Token).ConfigureAwait(false);
            return RemoteLimits.Of(Encoding.ASCII.GetString(bytes, 0, length));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // It says nothing, or cannot be asked.
            return default;
        }
    }
}
