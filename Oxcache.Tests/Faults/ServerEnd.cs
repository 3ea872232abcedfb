using System.Net.Sockets;

namespace Oxcaching.Tests.Faults;

/// <summary>Delivers to the server. That it is gone the client learns from the other direction, through the faults there.</summary>
internal sealed class ServerEnd(Func<Task<Socket>> connect, Action abort) : IPipeEnd
{
    private bool _isGone;

    public async ValueTask DeliverAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_isGone)
        {
            return;
        }

        try
        {
            await (await connect()).SendAsync(bytes, SocketFlags.None, cancellationToken);
        }
        catch (SocketException)
        {
            _isGone = true;
        }
    }

    /// <summary>The client has closed; what the server still sends may find it half open.</summary>
    public void Finish(bool isReset)
    {
        if (isReset || !connect().IsCompletedSuccessfully || !connect().Result.TryShutdown())
        {
            abort();
        }
    }

    public void Lose() => abort();
}
