using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

internal static class SocketExtensions
{
    /// <summary>Ends the stream to the other side; false when there is nobody there any more.</summary>
    public static bool TryShutdown(this Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
