using System.Net;
using Oxcaching.Diagnostics;
using Oxcaching.Remote.Topology;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>The part that connects, follows the primaries, and tells others of it.</summary>
internal sealed partial class RedisConnection
{
    private readonly Lock _attemptLock = new();
    private CancellationTokenSource? _attempt;
    private volatile bool _doubted;

    /// <summary>The last probe failed: others than the connections there are may be found to answer.</summary>
    private volatile bool _isSearching;
    private readonly AbandonedLinks _abandoned = new();
    private readonly LastAttempt _lastAttempt = new();
    private readonly CancellationTokenSource _closing = new();
    private RedisLink? _announced;
    private volatile RedisLink? _listenedTo;

    /// <summary>Connects if nothing is connected yet, finds the primaries, and asks them the time. One at a time.</summary>
    /// <remarks>
    /// Never longer than connecting may take, and begun anew when a primary is said to have moved meanwhile, for the one that is being
    /// asked may be the one that died, or when the connections there are turn out to be alive.
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
                // Somebody knows better.
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
        await _closing.CancelAsync().ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        await _abandoned.WhenClosedAsync().ConfigureAwait(false);
        await _topology.DisposeAsync().ConfigureAwait(false);
        _timeouts.Dispose();
        _closing.Dispose();
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
        Restart();
        Doubted?.Invoke(null);
    }

    /// <summary>The connections there were are alive: no need to go on looking for others.</summary>
    private void OnAlive()
    {
        if (_isSearching)
        {
            _isSearching = false;
            Restart();
        }
    }

    private void Restart()
    {
        lock (_attemptLock)
        {
            _ = _attempt?.CancelAsync();
        }
    }

    /// <remarks>
    /// Once a probe has failed, new connections are made until they or those there are answer: where something on the way has
    /// forgotten them, the client would wait on the old ones for as long as the operating system does, a quarter of an hour.
    /// </remarks>
    private async Task AttemptAsync(CancellationToken cancellationToken)
    {
        _doubted = false;
        _lastAttempt.Forget();
        var deadline = Deadline.After(_connectionTimeout, _time);
        try
        {
            var endPoints = await _topology.LocateAsync(deadline.AtMost(_commandTimeout), cancellationToken).ConfigureAwait(false);
            var link = await LinkAsync(endPoints, deadline, cancellationToken).ConfigureAwait(false);
            await SurveyAsync(link, deadline.AtMost(_commandTimeout), cancellationToken).ConfigureAwait(false);
            _isSearching = false;
        }
        catch (RemoteException e) when (e.Failure is RemoteFailure.TimedOut or RemoteFailure.Disconnected)
        {
            _isSearching = true;
            if (await LimitBehindAsync(e, cancellationToken).ConfigureAwait(false) is (not RemoteLimit.None and var limit, var sentence))
            {
                throw new RemoteException(e.Failure, $"Redis {_address} {sentence}", e) { Limit = limit };
            }

            throw;
        }
    }

    /// <summary>What the server has against us, where the failure itself does not say.</summary>
    private async Task<(RemoteLimit Limit, string Sentence)> LimitBehindAsync(RemoteException failure, CancellationToken cancellationToken) =>
        failure.Limit != RemoteLimit.None ? default
        : _lastAttempt.Limit is { Limit: not RemoteLimit.None } limit ? limit
        : _lastAttempt.WasHungUp ? await Greeting.ReadAsync(_lastAttempt.EndPoint!, cancellationToken).ConfigureAwait(false)
        : default;

    /// <summary>The link to these end points; a new one if they are others than before, and it is ours to make.</summary>
    private async Task<RedisLink> LinkAsync(IReadOnlyList<EndPoint> endPoints, Deadline deadline, CancellationToken cancellationToken)
    {
        if (_address.Client is HandedOverClient handedOver)
        {
            return _link ?? RedisLink.Of(handedOver);
        }

        if (_link is { } link && link.EndPoints.SequenceEqual(endPoints) && !_renew)
        {
            if (!_isSearching)
            {
                return link;
            }

            _ = ListenAsync(link);
        }

        _renew = false;

        // Where it may move the search is not to be held up by a primary that is not one any more.
        var patience = _isSearching && _topology.MayMove ? deadline.AtMost(_commandTimeout) : deadline;
        var options = await RedisCall.RunAsync(() => Task.Run(OptionsAsync, cancellationToken), _address, null, patience, cancellationToken).ConfigureAwait(false);
        var fresh = await RedisLink.ConnectSoonAsync(options, endPoints, _address, _abandoned, patience, cancellationToken).ConfigureAwait(false);
        if (_link is null)
        {
            // Kept whatever the survey says, for it goes on trying to connect.
            await PublishAsync(fresh).ConfigureAwait(false);
        }

        return fresh;

        // The application may have a hand in them, and may take its time.
        async Task<ConfigurationOptions> OptionsAsync()
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            over.CancelAfter(patience.Remaining);
            var made = await RedisClientOptions.FromAsync(_address, endPoints, _connectionTimeout, _commandTimeout, over.Token).ConfigureAwait(false);
            _topology.Configure(made);
            _lastAttempt.Watch(made);
            return made;
        }
    }

    /// <summary>Asks by a link that was silent, for as long as it takes: a server that was frozen answers when it goes on.</summary>
    private async Task ListenAsync(RedisLink link)
    {
        if (link == _listenedTo)
        {
            return;
        }

        _listenedTo = link;
        try
        {
            await link.Multiplexer.GetDatabase().PingAsync().ConfigureAwait(false);
            if (link == _link)
            {
                OnAlive();
                Doubted?.Invoke(null);
            }
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // It is dead. That is for the probes to mend.
        }
        finally
        {
            _listenedTo = null;
        }
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
            primary.Regained += OnRegained;
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
        if (old is null)
        {
            return;
        }

        if (_isSearching || !old.EndPoints.SequenceEqual(link.EndPoints))
        {
            await RetireAsync(old).ConfigureAwait(false);
        }
        else
        {
            // It answers: what is under way on it is not to be lost.
            Unhook(old);
            _abandoned.Add(AfterLastCallAsync(old), link => link.DisposeAsync().AsTask());
        }
    }

    /// <summary>When no command waits for an answer by a link any more that takes no calls.</summary>
    private async Task<RedisLink> AfterLastCallAsync(RedisLink link)
    {
        // Services that share the connection may have a longer timeout than its own; none waits longer for a command than to connect.
        var longest = _commandTimeout > _connectionTimeout ? _commandTimeout : _connectionTimeout;
        await Task.Delay(longest, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return link;
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
        Unhook(link);
        await link.DisposeAsync().ConfigureAwait(false);
    }

    private void Unhook(RedisLink link)
    {
        link.Multiplexer.ConnectionFailed -= OnFailed;
        link.Multiplexer.ConnectionRestored -= OnRestored;
        link.Silence();
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
            OnAlive();
            Restored?.Invoke();
        }
    }

    private void OnDoubted(Primary primary, RemoteException failure)
    {
        if (_primaries.All.Contains(primary))
        {
            _isSearching |= failure.Failure == RemoteFailure.TimedOut && _primaries.AllDown;
            LoseOrDoubt(failure.Message);
        }
    }

    private void OnRegained() => Regained?.Invoke();

    private void LoseOrDoubt(string reason)
    {
        if (_primaries.AllDown)
        {
            Lost?.Invoke(reason);
        }
        else if (!_doubted)
        {
            _doubted = true;
            Doubted?.Invoke(reason);
        }
    }
}
