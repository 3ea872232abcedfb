using System.Net;
using Oxcaching.Remote.Topology;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The part that connects, follows the primaries, and tells others of it.</summary>
internal sealed partial class RedisConnection
{
    private const int SilentProbesToReconnect = 3;

    private readonly Lock _attemptLock = new();
    private CancellationTokenSource? _attempt;
    private volatile bool _doubted;
    private RedisLink? _announced;
    private int _silentProbes;

    /// <summary>Connects if nothing is connected yet, finds the primaries, and asks them the time. One at a time.</summary>
    /// <remarks>
    /// Never longer than connecting may take, and begun anew when a primary is said to have moved meanwhile: the one that is being
    /// asked may be the one that died.
    /// </remarks>
    /// <exception cref="RemoteException">No primary answers.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            SetAttempt(attempt);
            try
            {
                await AttemptAsync(attempt.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // A primary has moved.
            }
            finally
            {
                SetAttempt(null);
            }
        }
    }

    /// <summary>After the last probe.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await _topology.DisposeAsync().ConfigureAwait(false);
    }

    private void SetAttempt(CancellationTokenSource? attempt)
    {
        lock (_attemptLock)
        {
            _attempt = attempt;
        }
    }

    private void OnMoved()
    {
        lock (_attemptLock)
        {
            _ = _attempt?.CancelAsync();
        }

        Doubted?.Invoke();
    }

    /// <remarks>
    /// A connection that is silent again and again is given up for a new one: where something on the way has forgotten it, the
    /// client would wait on the old one for as long as the operating system does, a quarter of an hour. One that is not made
    /// yet is kept until another is, for the client may have just a server to wait for that is down; but where its very first
    /// bytes were forgotten, it would wait as long.
    /// </remarks>
    private async Task AttemptAsync(CancellationToken cancellationToken)
    {
        _doubted = false;
        var deadline = Deadline.After(_connectionTimeout, _time);
        try
        {
            var endPoints = await _topology.LocateAsync(deadline.AtMost(_commandTimeout), cancellationToken).ConfigureAwait(false);
            var link = await LinkAsync(endPoints, deadline, cancellationToken).ConfigureAwait(false);
            await SurveyAsync(link, deadline.AtMost(_commandTimeout), cancellationToken).ConfigureAwait(false);
            _silentProbes = 0;
        }
        catch (RemoteException e) when (e.Failure is RemoteFailure.TimedOut or RemoteFailure.Disconnected)
        {
            if (++_silentProbes % SilentProbesToReconnect == 0)
            {
                if (e.Failure == RemoteFailure.TimedOut)
                {
                    await CloseAsync().ConfigureAwait(false);
                }
                else
                {
                    _renew = true;
                }
            }

            throw;
        }
    }

    /// <summary>The link to these end points; a new one if they are others than before.</summary>
    private async Task<RedisLink> LinkAsync(IReadOnlyList<EndPoint> endPoints, Deadline deadline, CancellationToken cancellationToken)
    {
        if (_link is { } link && !_renew && link.EndPoints.SequenceEqual(endPoints))
        {
            return link;
        }

        _renew = false;

        var options = RedisClientOptions.From(_address, endPoints, _connectionTimeout, _commandTimeout);
        _topology.Configure(options);
        var fresh = await RedisLink.ConnectAsync(options, endPoints, _address, deadline, cancellationToken).ConfigureAwait(false);
        if (_link is null)
        {
            // Kept whatever the survey says, for it goes on trying to connect.
            await PublishAsync(fresh).ConfigureAwait(false);
        }

        return fresh;
    }

    /// <summary>A link takes the place of another only when a survey found it well.</summary>
    private async Task SurveyAsync(RedisLink link, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var found = await _topology.SurveyAsync(link.Multiplexer, _primaries, deadline, cancellationToken).ConfigureAwait(false);
            await PublishAsync(link).ConfigureAwait(false);
            Adopt(link, found);
        }
        catch (Exception) when (link != _link)
        {
            await link.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Adopt(RedisLink link, PrimaryMap found)
    {
        var known = _primaries;
        foreach (var primary in found.All.Except(known.All))
        {
            primary.Doubted += OnDoubted;
        }

        _primaries = found;
        var moved = !found.HasSameEndPoints(known);
        if (!moved && link == _announced)
        {
            return;
        }

        var isFirst = _announced is null;
        _announced = link;
        Replaced?.Invoke(moved && !isFirst ? ReplacementReason.Primary : ReplacementReason.Connection);
    }

    private async Task PublishAsync(RedisLink link)
    {
        if (_link == link)
        {
            return;
        }

        link.Multiplexer.ConnectionFailed += OnFailed;
        link.Multiplexer.ConnectionRestored += OnRestored;
        var old = _link;
        _link = link;
        if (old is not null)
        {
            await RetireAsync(old).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        if (_link is { } link)
        {
            _link = null;
            await RetireAsync(link).ConfigureAwait(false);
        }
    }

    private async Task RetireAsync(RedisLink link)
    {
        link.Multiplexer.ConnectionFailed -= OnFailed;
        link.Multiplexer.ConnectionRestored -= OnRestored;
        await link.DisposeAsync().ConfigureAwait(false);
    }

    private void OnFailed(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Subscription)
        {
            SubscriptionBroken?.Invoke();
        }
        else if (_primaries.At(e.EndPoint) is { } primary)
        {
            primary.Lost();
            LoseOrDoubt($"{e.FailureType} at {primary}");
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Subscription)
        {
            SubscriptionBroken?.Invoke();
        }
        else
        {
            Restored?.Invoke();
        }
    }

    private void OnDoubted(Primary primary, RemoteException failure)
    {
        if (_primaries.All.Contains(primary))
        {
            LoseOrDoubt(failure.Message);
        }
    }

    private void LoseOrDoubt(string reason)
    {
        if (_primaries.AllDown)
        {
            Lost?.Invoke(reason);
        }
        else if (!_doubted)
        {
            _doubted = true;
            Doubted?.Invoke();
        }
    }
}
