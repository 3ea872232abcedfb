using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

/// <summary>Delivers to the client, and ends the connection when the client is gone.</summary>
internal sealed class ClientEnd(Socket client, Action abort) : IPipeEnd
{
    public async ValueTask DeliverAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(bytes, SocketFlags.None, cancellationToken);
        }
        catch (SocketException)
        {
            abort();
        }
    }

    public void Finish(bool isReset)
    {
        if (isReset || !client.TryShutdown())
        {
            abort();
        }
    }

    public void Lose()
    {
        // The client goes on believing in its connection until it closes it itself.
    }
}
