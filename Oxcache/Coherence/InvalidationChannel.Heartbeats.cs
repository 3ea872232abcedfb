using Oxcaching.Diagnostics;
using Oxcaching.Remote;
using Oxcaching.Timing;

namespace Oxcaching.Coherence;

/// <summary>The part that beats: each heartbeat that comes back proves that the subscription is live.</summary>
internal sealed partial class InvalidationChannel
{
    /// <summary>Longer than the client's own pause of a second before it tries again.</summary>
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan RefusedRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(24);

    /// <summary>Since when the channel is down though Redis answers; null otherwise. Guarded by the lock, as is its neighbour.</summary>
    private long? _deafSince;
    private TimeSpan _patience = ShortestPatience;

    private async Task BeatAsync()
    {
        try
        {
            while (true)
            {
                var wake = NewWake();
                try
                {
                    await ReassertAsync().ConfigureAwait(false);
                    await SendHeartbeatAsync().ConfigureAwait(false);
                }
                catch (Exception e) when (!_stopping.IsCancellationRequested)
                {
                    // Whatever it was, a heartbeat that was not sent does not come back; and this loop must not end.
                    _events.Internal(e);
                }

                _peers.Prune();
                await SleepAsync(_isUp ? _clock.Interval : _permit.HasNoMessages ? RefusedRetry : _clock.Retry, wake).ConfigureAwait(false);
                CheckSilence();
                CheckDeafness();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The channel is closed.
        }
    }

    /// <summary>After a connection was lost, once Redis answers again, and before the proof that ends the gap.</summary>
    private async Task ReassertAsync()
    {
        long? lostAt;
        lock (_lock)
        {
            lostAt = _lostAt;
        }

        if (lostAt is not { } at || !_rules.FailoversReassert || !_gate.IsOpen
            || !await _memory.ReassertAsync(_connection.Time.GetElapsedTime(at)).ConfigureAwait(false))
        {
            return;
        }

        lock (_lock)
        {
            _lostAt = _lostAt == at ? null : _lostAt;
        }
    }

    private async Task SendHeartbeatAsync()
    {
        var (interval, counts) = _announcer.Ledger.Advance();
        lock (_lock)
        {
            (_lastBeat, _lastBeatAt) = (interval, _connection.Time.GetTimestamp());
        }

        var heartbeat = RemoteMessage.Heartbeat(_announcer.Node.Value, interval, counts);
        var deadline = Deadline.After(_isUp ? _clock.EchoTimeout : Shorter(_clock.EchoTimeout, _patience), _connection.Time);
        var sent = await _gate.CallAsync(SendAsync, deadline, _stopping.Token).ConfigureAwait(false);
        if (sent.HasValue)
        {
            _permit.SetMessages(null);
        }
        else if (sent.Error is { Limit: RemoteLimit.Messages } refused)
        {
            _permit.SetMessages(refused);
            GoDown();
            _listening.TrySetResult();
        }

        async ValueTask<bool> SendAsync()
        {
            await _connection.SubscribeAsync(_announcer.Channel, _onMessage, deadline, _stopping.Token).ConfigureAwait(false);
            await _permit.TryAllAsync(deadline, _stopping.Token).ConfigureAwait(false);
            await _writer.PublishAsync(heartbeat, deadline, _stopping.Token).ConfigureAwait(false);
            return true;
        }
    }

    /// <summary>Finds out a subscription that is dead, though everybody believes it alive.</summary>
    private void CheckSilence()
    {
        var silence = Silence();
        if (_gate.IsShut || silence >= _clock.EchoTimeout)
        {
            _listening.TrySetResult();
        }

        if (!_rules.SilenceIsGap || silence < _clock.EchoTimeout)
        {
            return;
        }

        if (_isUp)
        {
            GoDown();
        }
    }

    /// <summary>Has a subscription made anew that does not come up, though Redis answers.</summary>
    /// <remarks>
    /// The client may believe in it for as long as the operating system does, which is a quarter of an hour, and wait a minute for a
    /// handshake that the network has lost.
    /// </remarks>
    private void CheckDeafness()
    {
        lock (_lock)
        {
            // A subscription that may not be made does not come up by being made anew.
            if (_isUp || !_gate.IsOpen || _permit.HasNoMessages)
            {
                (_deafSince, _patience) = (null, ShortestPatience);
                return;
            }

            _deafSince ??= _connection.Time.GetTimestamp();
            if (_connection.Time.GetElapsedTime(_deafSince.Value) < _patience)
            {
                return;
            }

            (_deafSince, _patience) = (null, Shorter(_patience * 2, LongestPatience));
        }

        _connection.Renew();
    }

    /// <summary>For how long nothing has proven that the subscription is live.</summary>
    private TimeSpan Silence()
    {
        lock (_lock)
        {
            return _connection.Time.GetElapsedTime(_provenAt);
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Task NewWake()
    {
        var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _wake, wake);
        return wake.Task;
    }

    private void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Until the time is over or somebody wakes it.</summary>
    private async Task SleepAsync(TimeSpan time, Task wake)
    {
        try
        {
            await wake.WaitAsync(time, _connection.Time, _stopping.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The time is over.
        }
    }
}
