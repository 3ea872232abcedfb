using Oxcaching.Configuration;
using Oxcaching.Remote.Topology;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One connection to one Redis, be it a cluster, shared by all services that name it. Thread-safe.</summary>
/// <remarks>
/// StackExchange.Redis reconnects by itself. Its asynchronous commands have no timeout, so every wait is bounded here, and what
/// it throws is turned into a <see cref="RemoteException"/>. Invariant: no call is sent to a primary that is known not to answer.
/// </remarks>
internal sealed partial class RedisConnection : IAsyncDisposable
{
    private readonly RedisAddress _address;
    private readonly TimeSpan _connectionTimeout;
    private readonly TimeSpan _commandTimeout;
    private readonly TimeProvider _time;
    private readonly ITopology _topology;
    private readonly CallTimeouts _timeouts;
    private volatile RedisLink? _link;
    private volatile PrimaryMap _primaries;
    private volatile bool _renew;

    public RedisConnection(RedisAddress address, TimeSpan connectionTimeout, TimeSpan commandTimeout, TimeProvider time)
    {
        _address = address;
        _connectionTimeout = connectionTimeout;
        _commandTimeout = commandTimeout;
        _time = time;
        _timeouts = new CallTimeouts(time);
        _topology = Topologies.For(address, connectionTimeout, commandTimeout, time);
        _topology.Moved += OnMoved;
        _primaries = new PrimaryMap(new Primary(null, time));
    }

    /// <summary>Raised from any thread when no primary answers any more.</summary>
    public event Action<string>? Lost;

    /// <summary>Raised from any thread when a broken connection is back.</summary>
    public event Action? Restored;

    /// <summary>Raised from any thread when a primary that was down answers again; the next probe has it in its place.</summary>
    public event Action? Regained;

    /// <summary>Raised from any thread when a connection breaks, or is back, that messages come by.</summary>
    public event Action? SubscriptionBroken;

    /// <summary>Raised from any thread when a probe should look at the servers again, and soon; with the failure that is the reason, if one is.</summary>
    public event Action<string?>? Doubted;

    /// <summary>Raised by a probe when the connections or the primaries are others than before.</summary>
    public event Action<ReplacementReason>? Replaced;

    public RedisAddress Address => _address;

    public TimeProvider Time => _time;

    /// <summary>Whether each key has a primary of its own, so that one script may touch one key alone.</summary>
    public bool IsCluster => _topology.IsCluster;

    /// <summary>Whether every primary answers, as far as is known.</summary>
    public bool IsWhole => !_doubted && _primaries.AllWell;

    /// <summary>Whether calls for some keys are not made, because their primary does not answer.</summary>
    public bool IsAnyDown => _primaries.All.Any(primary => primary.IsDown);

    public IReadOnlyList<Primary> AllPrimaries => _primaries.All;

    /// <summary>The primaries, to be logged.</summary>
    public string PrimaryNames => string.Join(", ", _primaries.All);

    /// <summary>The clock of the one primary; of a cluster, that of some primary: where there is a key, <see cref="ClockOf"/> tells.</summary>
    public RedisClock Clock => _primaries.All[0].Clock;

    /// <summary>The clock of every primary.</summary>
    public IEnumerable<RedisClock> Clocks => _primaries.All.Select(primary => primary.Clock);

    /// <summary>Subscribes by the connections of this moment: when they are <see cref="Replaced"/> it is to be done again.</summary>
    /// <exception cref="RemoteException">Redis does not answer.</exception>
    public Task SubscribeAsync(string channel, Action<byte[]> handler, Deadline deadline, CancellationToken cancellationToken) =>
        _link is { } link
            ? RedisCall.RunAsync(() => link.SubscribeAsync(channel, handler), _address, null, deadline, cancellationToken)
            : Task.FromException(new RemoteException(RemoteFailure.Disconnected, $"Not connected to {_address}."));

    /// <summary>The name by which a script publishes on a channel: the client puts its prefix before those of its own commands alone.</summary>
    public string NameInScripts(string channel) => _link is { ChannelPrefix: { Length: > 0 } prefix } ? prefix + channel : channel;

    /// <summary>Has the next probe make new connections in the place of those there are, which look well and are not.</summary>
    public void Renew()
    {
        _renew = true;
        Doubted?.Invoke(null);
    }

    /// <summary>The primary that has the key.</summary>
    public Primary PrimaryOf(RedisKey key) => _primaries.Of(key);

    /// <summary>The clock of the primary that has the key: it judges what is sent for that key.</summary>
    public RedisClock ClockOf(RedisKey key) => _primaries.Of(key).Clock;

    /// <summary>Sends a command that is for no key in particular, and waits for its answer, at most until the deadline.</summary>
    /// <inheritdoc cref="CallAsync{TReply, T}(int, RedisKey, RedisCommand{TReply, T}, Deadline, CancellationToken)" path="/exception"/>
    public ValueTask<T> CallAsync<TReply, T>(int database, RedisCommand<TReply, T> command, Deadline deadline, CancellationToken cancellationToken)
    {
        var primaries = _primaries.All;
        return SendAsync(database, command, primaries.Count == 1 ? primaries[0] : null, CommandFlags.None, deadline, cancellationToken);
    }

    /// <summary>Sends a command to the primary of a key, with the flags that lead there, and waits for its answer, at most until the deadline.</summary>
    /// <exception cref="RemoteException">There was no answer, or an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The command may still run.</exception>
    public ValueTask<T> CallAsync<TReply, T>(
        int database, RedisKey key, RedisCommand<TReply, T> command, Deadline deadline, CancellationToken cancellationToken)
    {
        var primary = _primaries.Of(key);
        return primary.IsDown
            ? command.FailAsync(NoAnswer(primary))
            : SendAsync(database, command, primary, primary.Flags, deadline, cancellationToken);
    }

    /// <summary>Runs a script, by its hash where the server is known to know it. In a cluster it has one key.</summary>
    /// <inheritdoc cref="CallAsync{TReply, T}(int, RedisKey, RedisCommand{TReply, T}, Deadline, CancellationToken)" path="/exception"/>
    public async ValueTask<ScriptReply> ScriptAsync(
        int database, Script script, RedisKey[] keys, RedisValue[] arguments, Deadline deadline, CancellationToken cancellationToken)
    {
        var primary = _primaries.Of(keys[0]);
        try
        {
            // The first time by its text, which the client loads in the same breath: what is sent next must find it done.
            var isKnown = primary.Knows(script);
            var reply = await Run(byHash: isKnown).ConfigureAwait(false);
            if (!isKnown)
            {
                primary.Learn(script);
            }

            return reply;
        }
        catch (RemoteException e) when (e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server forgot its scripts, by SCRIPT FLUSH or a restart; the client learns it from this error, once.
            return await Run(byHash: false).ConfigureAwait(false);
        }

        ValueTask<ScriptReply> Run(bool byHash) =>
            CallAsync(database, keys[0], new ScriptCommand(script, byHash, keys, arguments), deadline, cancellationToken);
    }

    /// <summary>The keys that match a pattern, by SCAN on each primary, a batch at a time. Blocks the thread on every page.</summary>
    /// <exception cref="RemoteException">A primary cannot be asked; thrown after the keys of the others.</exception>
    public IEnumerable<IReadOnlyList<RedisKey>> Scan(int database, string pattern, int batchSize)
    {
        RemoteException? failure = null;
        foreach (var primary in _primaries.All)
        {
            using var keys = Scan(primary, database, pattern).GetEnumerator();
            while (NextBatch(keys, batchSize, primary, ref failure) is { Count: > 0 } batch)
            {
                yield return batch;
            }
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <summary>The primaries that are connected at this moment.</summary>
    public IReadOnlyList<IServer> Primaries() => _link is { } link ? [.. Survey.Servers(link.Multiplexer).Where(Survey.IsPrimary)] : [];

    /// <summary>What could be had; empty at the end.</summary>
    private static List<RedisKey> NextBatch(IEnumerator<RedisKey> keys, int size, Primary primary, ref RemoteException? failure)
    {
        var batch = new List<RedisKey>();
        try
        {
            while (batch.Count < size && keys.MoveNext())
            {
                batch.Add(keys.Current);
            }
        }
        catch (Exception e)
        {
            failure = RedisCall.Translate(e, primary);
        }

        return batch;
    }

    private IEnumerable<RedisKey> Scan(Primary primary, int database, string pattern)
    {
        const int PageSize = 1000;
        if (primary.IsDown || _link is not { } link)
        {
            throw NoAnswer(primary);
        }

        foreach (var key in link.Multiplexer.GetServer(primary.EndPoint!).Keys(database, pattern, PageSize, CommandFlags.None))
        {
            yield return key;
        }
    }

    private RemoteException NoAnswer(Primary primary) => new(
        RemoteFailure.Disconnected,
        primary.EndPoint is not null ? $"{primary} does not answer." : _link is null ? $"Not connected to {_address}." : $"No primary of {_address} has the key.");

    private ValueTask<T> SendAsync<TReply, T>(
        int database, RedisCommand<TReply, T> command, Primary? primary, CommandFlags flags, Deadline deadline, CancellationToken cancellationToken)
    {
        if (_link is not { } link)
        {
            return command.FailAsync(new RemoteException(RemoteFailure.Disconnected, $"Not connected to {_address}."));
        }

        var answer = command.RunAsync(link.Multiplexer, database, flags, _address, primary, _timeouts, deadline);
        return cancellationToken.CanBeCanceled ? new(answer.AsTask().WaitAsync(cancellationToken)) : answer;
    }
}
