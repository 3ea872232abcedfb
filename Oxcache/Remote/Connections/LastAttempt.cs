using System.Net;
using Oxcaching.Diagnostics;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>How the last attempt to connect has failed: the client does not tell its commands. Thread-safe.</summary>
internal sealed class LastAttempt
{
    private volatile ConnectionAttemptCompletedEventArgs? _failure;

    /// <summary>The server hung up, and its reason, if it gave one, got lost.</summary>
    public bool WasHungUp => _failure is
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

    public void Watch(ConfigurationOptions options) => options.ConnectionAttemptCompleted += (_, attempt) =>
    {
        if (attempt.ConnectionType == ConnectionType.Interactive)
        {
            _failure = attempt.IsSuccess ? null : attempt;
        }
    };
}
