using System.Net;
using Oxcaching.Configuration;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One connection to one Redis, shared by all services that name it. Thread-safe.</summary>
/// <remarks>
/// StackExchange.Redis reconnects by itself. Its asynchronous commands have no timeout, so every wait is bounded here, and what
/// it throws is turned into a <see cref="RemoteException"/>.
/// </remarks>
internal sealed class RedisConnection(RedisAddress address, TimeSpan connectionTimeout, TimeSpan commandTimeout, TimeProvider time) : IAsyncDisposable
{
    private const int SilentProbesToReconnect = 3;

    private readonly ConfigurationOptions _options = RedisClientOptions.From(address, connectionTimeout, commandTimeout);
    private volatile ConnectionMultiplexer? _multiplexer;
    private int _silentProbes;

    /// <summary>Raised from any thread when an established connection breaks.</summary>
    public event Action<string>? Lost;

    /// <summary>Raised from any thread when a broken connection is back.</summary>
    public event Action? Restored;

    public RedisAddress Address => address;

    public RedisClock Clock { get; } = new(time);

    public TimeProvider Time => time;

    /// <summary>Connects if nothing is connected yet, and asks Redis the time. One at a time.</summary>
    /// <remarks>
    /// A connection that is silent again and again is given up for a new one: where something on the way has forgotten it, the
    /// client would wait on the old one for as long as the operating system does, a quarter of an hour.
    /// </remarks>
    /// <exception cref="RemoteException">Redis does not answer.</exception>
    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskTimeAsync(cancellationToken).ConfigureAwait(false);
            _silentProbes = 0;
        }
        catch (RemoteException e) when (e.Failure == RemoteFailure.TimedOut)
        {
            if (++_silentProbes >= SilentProbesToReconnect)
            {
                await CloseAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer, at most until the deadline.</summary>
    /// <exception cref="RemoteException">There was no answer, or an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The command may still run.</exception>
    public Task<T> CallAsync<T>(int database, Func<IDatabase, Task<T>> command, Deadline deadline, CancellationToken cancellationToken)
    {
        var multiplexer = _multiplexer;
        return multiplexer is null
            ? Task.FromException<T>(new RemoteException(RemoteFailure.Disconnected, $"Not connected to {address}."))
            : BoundAsync(() => command(multiplexer.GetDatabase(database)), deadline, cancellationToken);
    }

    /// <summary>Runs a script by its hash.</summary>
    /// <inheritdoc cref="CallAsync" path="/exception"/>
    public async Task<ScriptReply> ScriptAsync(int database, string script, RedisKey[] keys, RedisValue[] arguments, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return ScriptReply.From(await Run().ConfigureAwait(false));
        }
        catch (RemoteException e) when (e.Message.Contains("NOSCRIPT", StringComparison.Ordinal))
        {
            // The server forgot its scripts, by SCRIPT FLUSH or a restart; the client learns it from this error, once.
            return ScriptReply.From(await Run().ConfigureAwait(false));
        }

        Task<RedisResult> Run() => CallAsync(database, db => db.ScriptEvaluateAsync(script, keys, arguments), deadline, cancellationToken);
    }

    /// <summary>The keys that match a pattern, by SCAN on each primary. Blocks the thread on every page.</summary>
    /// <exception cref="RemoteException">A server cannot be asked.</exception>
    public IEnumerable<RedisKey> Scan(int database, string pattern)
    {
        const int PageSize = 1000;
        var multiplexer = _multiplexer ?? throw new RemoteException(RemoteFailure.Disconnected, $"Not connected to {address}.");
        var servers = Primaries(multiplexer).ToList();
        if (servers.Count == 0)
        {
            throw new RemoteException(RemoteFailure.Disconnected, $"No connection to {address}.");
        }

        foreach (var server in servers)
        {
            using var keys = server.Keys(database, pattern, PageSize, CommandFlags.None).GetEnumerator();
            while (Translated(keys.MoveNext))
            {
                yield return keys.Current;
            }
        }
    }

    /// <summary>After the last probe.</summary>
    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _multiplexer, null) is { } multiplexer)
        {
            multiplexer.ConnectionFailed -= OnFailed;
            multiplexer.ConnectionRestored -= OnRestored;
            await CloseAsync(multiplexer).ConfigureAwait(false);
        }
    }

    private static async Task CloseAsync(ConnectionMultiplexer multiplexer)
    {
        await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
        multiplexer.Dispose();
    }

    private async Task AskTimeAsync(CancellationToken cancellationToken)
    {
        var deadline = Deadline.After(_multiplexer is null ? connectionTimeout : commandTimeout, time);
        var multiplexer = _multiplexer ?? await ConnectAsync(deadline, cancellationToken).ConfigureAwait(false);
        var server = Primaries(multiplexer).FirstOrDefault() ?? multiplexer.GetServer(multiplexer.GetEndPoints()[0]);
        var asked = time.GetTimestamp();
        var answer = await BoundAsync(() => server.TimeAsync(), deadline, cancellationToken).ConfigureAwait(false);
        Clock.Observe((answer.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, asked, time.GetTimestamp());
    }

    private static IEnumerable<IServer> Primaries(ConnectionMultiplexer multiplexer) =>
        multiplexer.GetEndPoints(configuredOnly: false)
            .Select(endPoint => multiplexer.GetServer(endPoint))
            .Where(server => server is { IsConnected: true, IsSlave: false });

    private async Task<ConnectionMultiplexer> ConnectAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var connecting = ConnectionMultiplexer.ConnectAsync(_options);
        ConnectionMultiplexer multiplexer;
        try
        {
            multiplexer = await BoundAsync(() => connecting, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RemoteException or OperationCanceledException)
        {
            _ = CloseWhenDoneAsync(connecting);
            throw;
        }

        multiplexer.PreserveAsyncOrder = false;
        multiplexer.ConnectionFailed += OnFailed;
        multiplexer.ConnectionRestored += OnRestored;
        _multiplexer = multiplexer;
        return multiplexer;
    }

    private static async Task CloseWhenDoneAsync(Task<ConnectionMultiplexer> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
        {
            await CloseAsync(await connecting.ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<T> BoundAsync<T>(Func<Task<T>> command, Deadline deadline, CancellationToken cancellationToken)
    {
        Task<T>? running = null;
        try
        {
            running = command();
            return await running.WaitAsync(deadline.Remaining, deadline.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Observe(running);
            throw Translate(e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observe(running);
            throw;
        }
        catch (OperationCanceledException e)
        {
            // The client cancels what waits in its queues when it closes.
            throw new RemoteException(RemoteFailure.Disconnected, $"The connection to {address} was closed.", e);
        }
    }

    private bool Translated(Func<bool> moveNext)
    {
        try
        {
            return moveNext();
        }
        catch (Exception e)
        {
            throw Translate(e);
        }
    }

    private RemoteException Translate(Exception exception) => exception switch
    {
        RemoteException translated => translated,
        TimeoutException => new(RemoteFailure.TimedOut, $"No answer from {address} in time.", exception),
        RedisServerException => new(RemoteFailure.Refused, exception.Message, exception),
        _ => new(RemoteFailure.Disconnected, $"No connection to {address}: {Cause(exception)}.", exception),
    };

    /// <summary>The innermost failure that the client knows of, by its kind alone: a message might show what was sent.</summary>
    private static string Cause(Exception exception)
    {
        var innermost = exception is AggregateException several ? several.Flatten().InnerExceptions[^1] : exception.InnerException;
        return innermost is RedisConnectionException or AggregateException ? Cause(innermost)
            : exception is RedisConnectionException failed ? failed.FailureType.ToString()
            : exception.GetType().Name;
    }

    /// <summary>Nobody waits for it any more, and its exception must not end in the finalizer.</summary>
    private static void Observe(Task? abandoned) =>
        abandoned?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    private void OnFailed(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Interactive)
        {
            Lost?.Invoke($"{e.FailureType} at {Text(e.EndPoint)}");
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Interactive)
        {
            Restored?.Invoke();
        }
    }

    private static string Text(EndPoint? endPoint) => endPoint switch
    {
        null => "an unknown endpoint",
        DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => endPoint.ToString() ?? "",
    };
}
