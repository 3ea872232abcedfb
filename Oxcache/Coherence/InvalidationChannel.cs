using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Recovery;
using Oxcaching.Remote;

namespace Oxcaching.Coherence;

/// <summary>Keeps one instance's memory of a service in step with what the others write. Thread-safe.</summary>
/// <remarks>
/// Invariant: while the channel is up, every message that was published more than <see cref="ChannelClock.EchoTimeout"/> ago has
/// been handled, or it is known that one was missed. It is up from the return of an own heartbeat, which proves that the
/// subscription is live, until the subscription breaks or a heartbeat does not return. When it comes up, and when a message was
/// missed, all that is in memory is in doubt; while it is down, nothing stays longer than <c>coherence_max_age</c>.
/// </remarks>
internal sealed partial class InvalidationChannel : IAsyncDisposable
{
    private readonly ICoherent _memory;
    private readonly RedisConnection _connection;
    private readonly RemoteGate _gate;
    private readonly RemotePermit _permit;
    private readonly RemoteWriter _writer;
    private readonly Announcer _announcer;
    private readonly ChannelClock _clock;
    private readonly ProtocolRules _rules;
    private readonly ServiceEvents _events;
    private readonly Peers _peers;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<byte[]> _onMessage;
    private readonly Lock _lock = new();
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _beating = Task.CompletedTask;
    private volatile bool _isUp;

    /// <summary>The first own heartbeat whose return proves that the subscription is live. Guarded by the lock, as are its neighbours.</summary>
    private uint _proof;
    private uint _lastBeat;
    private long _lastBeatAt;
    private long _provenAt;

    /// <summary>When a connection was still whole that was lost since; null when all is asserted again.</summary>
    private long? _lostAt;
    private int _epoch;
    private long _handled;

    public InvalidationChannel(
        ICoherent memory, RedisConnection connection, RemoteGate gate, RemotePermit permit, RemoteWriter writer, Announcer announcer, ChannelClock clock, ProtocolRules rules, ServiceEvents events)
    {
        (_memory, _connection, _gate, _permit, _writer, _announcer) = (memory, connection, gate, permit, writer, announcer);
        (_clock, _rules, _events) = (clock, rules, events);
        _peers = new Peers(connection.Time, clock.Interval * MessageLedger.Window);
        _onMessage = OnMessage;
        _provenAt = connection.Time.GetTimestamp();
    }

    /// <summary>How long what is stored now may stay in memory; null: as long as it lives. Each time another, lest all lapse at once.</summary>
    public TimeSpan? AgeLimit =>
        (_isUp && !_permit.IsCutOffSomewhere) || !_rules.SilenceCapsAge ? null : _clock.MinAge + ((_clock.MaxAge - _clock.MinAge) * Random.Shared.NextDouble());

    public bool IsUp => _isUp;

    /// <summary>Raised from any thread when it has come up or gone down.</summary>
    public event Action? Turned;

    /// <summary>How often all that was in memory was put in doubt.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>How many messages of others it has handled.</summary>
    public long Handled => Interlocked.Read(ref _handled);

    /// <summary>Completes when it is up for the first time, or has not come up though Redis answers.</summary>
    public Task Listening => _listening.Task;

    /// <summary>Begins to listen. Called once.</summary>
    public void Start()
    {
        _connection.SubscriptionBroken += OnBroken;
        _connection.Restored += OnRestored;
        _connection.Replaced += OnReplaced;
        _permit.Changed += OnPermitChanged;
        _beating = Task.Run(BeatAsync);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.SubscriptionBroken -= OnBroken;
        _connection.Restored -= OnRestored;
        _connection.Replaced -= OnReplaced;
        _permit.Changed -= OnPermitChanged;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _listening.TrySetResult();
    }

    /// <summary>A message from the channel. Does a bounded amount of work, and waits for nothing.</summary>
    internal void OnMessage(byte[] bytes)
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        if (!RemoteMessage.TryParse(bytes, out var message))
        {
            _events.MessageIgnored();
            return;
        }

        if (message.Node == _announcer.Node.Value)
        {
            OnOwn(message);
            return;
        }

        Handle(message);
        Interlocked.Increment(ref _handled);
    }

    private void Handle(in RemoteMessage message)
    {
        switch (message.Kind)
        {
            case MessageKind.Changed:
                _peers.Received(message);
                foreach (var (key, record) in message.Changes())
                {
                    _memory.Changed(key, record);
                }

                break;
            case MessageKind.Cleared:
                _peers.Received(message);
                _memory.Cleared();
                break;
            case MessageKind.Loaded:
                foreach (var (key, _) in message.Changes())
                {
                    _memory.Loaded(key);
                }

                break;
            case MessageKind.Heartbeat when _peers.Misses(message) && _rules.MissingMessagesAreGap:
                Rise();
                break;
        }
    }

    private void OnOwn(in RemoteMessage message)
    {
        if (message.Kind == MessageKind.Heartbeat)
        {
            Returned(message.Interval);
        }
    }

    /// <summary>An own heartbeat has come back.</summary>
    private void Returned(uint interval)
    {
        lock (_lock)
        {
            if (interval == _lastBeat)
            {
                _provenAt = _lastBeatAt;
            }

            if (!Proves(interval))
            {
                return;
            }
        }

        // Before it counts as up: who sees that it is finds nothing in memory that a message may have been missed of.
        Rise();
        lock (_lock)
        {
            if (!Proves(interval))
            {
                return;
            }

            (_isUp, _deafSince, _patience) = (true, null, ShortestPatience);
        }

        Turned?.Invoke();
        _listening.TrySetResult();
    }

    /// <summary>Whether it is down, and was not lost again since that heartbeat was sent.</summary>
    private bool Proves(uint interval) => !_isUp && interval >= _proof;

    private void OnBroken()
    {
        if (_rules.ReconnectIsGap)
        {
            GoDown();
        }

        Wake();
    }

    /// <summary>What other instances delete may not get into Redis either, and then nothing tells of it.</summary>
    private void OnPermitChanged()
    {
        if (_permit.IsCutOffSomewhere && _rules.SilenceCapsAge)
        {
            _memory.Cap(_clock.MinAge, _clock.MaxAge);
        }
    }

    private void OnReplaced(ReplacementReason reason)
    {
        lock (_lock)
        {
            // Another service of the connection may have had it made anew: that deserves its chance.
            _deafSince = null;
        }

        OnRestored();
    }

    /// <summary>A connection that was lost is back, perhaps to a server that has forgotten the last writes, or to another.</summary>
    private void OnRestored()
    {
        lock (_lock)
        {
            _lostAt ??= _provenAt;
        }

        OnBroken();
    }

    private void GoDown()
    {
        if (!_rules.GapsWaitForEcho)
        {
            Rise();
            return;
        }

        TimeSpan since;
        lock (_lock)
        {
            // Also when it was down already: a heartbeat sent before this is no proof any more.
            _proof = _lastBeat + 1;
            if (!_isUp)
            {
                return;
            }

            _isUp = false;
            since = _connection.Time.GetElapsedTime(_provenAt);
        }

        Turned?.Invoke();
        _events.ChannelDown();
        if (_rules.SilenceCapsAge)
        {
            _memory.Cap(NotNegative(_clock.MinAge - since), NotNegative(_clock.MaxAge - since));
        }
    }

    /// <summary>The epoch rises: a change may have been missed.</summary>
    private void Rise()
    {
        _peers.Forgive();
        Interlocked.Increment(ref _epoch);
        _events.EpochRisen();
        _memory.Doubt();
    }

    private static TimeSpan NotNegative(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
