using System.Collections.Concurrent;
using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>One primary: the clock by which it judges, and whether it answers. Thread-safe.</summary>
/// <param name="endPoint">Where it is; null for slots that no primary has.</param>
/// <param name="time">The local time.</param>
internal sealed class Primary(EndPoint? endPoint, TimeProvider time)
{
    private const int TimeoutsToDown = 3;

    private readonly ConcurrentDictionary<Script, bool> _scripts = new();
    private int _timeouts;
    private volatile bool _isDown = endPoint is null;
    private volatile bool _isNew;

    /// <summary>Raised from any thread by each failure that a fresh look at the servers may explain.</summary>
    public event Action<Primary, RemoteException>? Doubted;

    /// <summary>Raised from any thread when it answers again after it was down.</summary>
    public event Action? Regained;

    public EndPoint? EndPoint => endPoint;

    public RedisClock Clock { get; } = new(time);

    /// <summary>Where the client may send what is for this primary: to a primary alone, or, while it still takes this one for a replica, to any.</summary>
    public CommandFlags Flags => _isNew ? CommandFlags.None : CommandFlags.DemandMaster;

    /// <summary>It answers, and the client knows it for a primary.</summary>
    public bool IsWell => !_isDown && !_isNew;

    /// <summary>It does not answer, so calls need not try; a survey finds out when it does again.</summary>
    public bool IsDown => _isDown;

    /// <summary>Whether a script has run there, so that its hash will do.</summary>
    public bool Knows(Script script) => _scripts.ContainsKey(script);

    public void Learn(Script script) => _scripts.TryAdd(script, true);

    /// <summary>A survey had its answer.</summary>
    /// <param name="isNew">Whether the client still takes it for a replica.</param>
    public void Recover(bool isNew = false)
    {
        Volatile.Write(ref _timeouts, 0);
        _isNew = isNew;
        var wasDown = _isDown;
        _isDown = endPoint is null;
        if (wasDown && !_isDown)
        {
            Regained?.Invoke();
        }
    }

    public void Answered()
    {
        // Looked at first: every answer comes by here, and a write would take the cache line from the other processors.
        if (Volatile.Read(ref _timeouts) != 0)
        {
            Volatile.Write(ref _timeouts, 0);
        }
    }

    public void Lost() => _isDown = true;

    public void Failed(RemoteException failure)
    {
        switch (failure.Failure)
        {
            case RemoteFailure.TimedOut when Interlocked.Increment(ref _timeouts) >= TimeoutsToDown:
            case RemoteFailure.Disconnected:
                _isDown = true;
                Doubted?.Invoke(this, failure);
                break;
            case RemoteFailure.Misdirected:
                Doubted?.Invoke(this, failure);
                break;
            case RemoteFailure.Refused:
                Answered();
                break;
        }
    }

    public override string ToString() => endPoint is null ? "no primary" : RedisEndPoint.Text(endPoint);
}
