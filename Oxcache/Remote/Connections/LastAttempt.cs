using System.Net;
using Oxcaching.Diagnostics;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>How the last attempt to connect has failed: the client does not tell its commands. Thread-safe.</summary>
internal sealed class LastAttempt
{
    private volatile ConnectionAttemptCompletedEventArgs? _failure;
    private volatile bool _isDirect;

    /// <summary>The server hung up, and its reason, if it gave one, got lost. Through a tunnel it cannot be asked.</summary>
    public bool WasHungUp => _isDirect && _failure is
    {
        Stage: ConnectionAttemptStage.Handshake,
        EndPoint: not null,
        FailureType: ConnectionFailureType.SocketClosed or ConnectionFailureType.SocketFailure,
    };

    /// <summary>Where to; null: it has not failed.</summary>
    public EndPoint? EndPoint => _failure?.EndPoint;

    /// <summary>What that says of the server; None: nothing.</summary>
    public (RemoteLimit Limit, string Sentence) Limit =>
        _failure is not { } failure ? default
        : RedisCall.LimitOf(failure.Exception) is { Limit: not RemoteLimit.None } limit ? limit
        : failure.Stage == ConnectionAttemptStage.Tls ? (RemoteLimit.Lasting, RemoteLimits.NoTls)
        : default;

    /// <summary>What comes next is another matter.</summary>
    public void Forget() => _failure = null;

    public void Watch(ConfigurationOptions options) => options.ConnectionAttemptCompleted += (_, attempt) =>
    {
        if (attempt.ConnectionType == ConnectionType.Interactive)
        {
            (_failure, _isDirect) = (attempt.IsSuccess ? null : attempt, options.Tunnel is null);
        }
    };
}
