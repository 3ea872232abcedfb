using System.Globalization;
using System.Net;
using Oxcaching.Configuration;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote.Topology;

/// <summary>One sentinel, with a connection of its own, so that one that is down or hangs is no matter to the others. Thread-safe.</summary>
internal sealed class SentinelNode(
    RedisAddress address, EndPoint endPoint, TimeSpan connectionTimeout, TimeSpan commandTimeout, AbandonedLinks abandoned, TimeProvider time) : IAsyncDisposable
{
    private const int SilencesToReconnect = 3;
    private static readonly RedisChannel Switch = RedisChannel.Literal("+switch-master");

    private readonly string _name = $"sentinel {RedisEndPoint.Text(endPoint)}";
    private readonly string _master = address.MasterName!;
    private readonly Lock _lock = new();
    private Task<RedisLink>? _connecting;
    private int _silences;

    /// <summary>Raised from any thread when the sentinel announces another primary.</summary>
    public event Action? Switched;

    /// <summary>Asks for the primary. The epoch is asked first: an address may then be newer than its epoch, and never older.</summary>
    /// <exception cref="RemoteException">The sentinel does not answer, or does not know the primary.</exception>
    public async Task<SentinelAnswer> AskAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            var link = await LinkAsync(deadline, cancellationToken).ConfigureAwait(false);
            var server = link.Multiplexer.GetServer(endPoint);
            var state = await RunAsync(() => server.SentinelMasterAsync(_master), deadline, cancellationToken).ConfigureAwait(false);
            var primary = await RunAsync(
                () => server.SentinelGetMasterAddressByNameAsync(_master), deadline, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _silences, 0);
            return new SentinelAnswer(primary ?? throw Unknown(), Epoch(state));
        }
        catch (RemoteException e) when (e.Failure == RemoteFailure.TimedOut)
        {
            if (Interlocked.Increment(ref _silences) >= SilencesToReconnect)
            {
                await DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<RedisLink>? connecting;
        lock (_lock)
        {
            connecting = _connecting;
            _connecting = null;
            _silences = 0;
        }

        if (connecting is not null)
        {
            await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (connecting.IsCompletedSuccessfully)
            {
                await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static long Epoch(KeyValuePair<string, string>[] state) =>
        long.TryParse(state.FirstOrDefault(pair => pair.Key == "config-epoch").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : 0;

    private RemoteException Unknown() => new(RemoteFailure.Refused, $"The {_name} does not know a primary called '{_master}'.");

    /// <summary>Connecting may take longer than a call waits; the next call then finds it done.</summary>
    private Task<RedisLink> LinkAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        Task<RedisLink> connecting;
        lock (_lock)
        {
            connecting = _connecting is null or { IsFaulted: true } or { IsCanceled: true } ? _connecting = Task.Run(ConnectAsync) : _connecting;
        }

        return RunAsync(() => connecting, deadline, cancellationToken);
    }

    private async Task<RedisLink> ConnectAsync()
    {
        using var over = new CancellationTokenSource(connectionTimeout);
        var options = await RedisClientOptions.ForSentinelAsync(address, endPoint, connectionTimeout, commandTimeout, over.Token).ConfigureAwait(false);
        var link = await RedisLink.ConnectAsync(
            options, [endPoint], _name, abandoned, Deadline.After(connectionTimeout, time), CancellationToken.None).ConfigureAwait(false);

        // Made now or, if the sentinel is not there yet, when it is; the client renews it after each reconnect.
        RedisCall.Observe(link.Multiplexer.GetSubscriber().SubscribeAsync(Switch, OnSwitch));
        return link;
    }

    private void OnSwitch(RedisChannel channel, RedisValue message)
    {
        if (message.ToString().StartsWith(_master + ' ', StringComparison.Ordinal))
        {
            Switched?.Invoke();
        }
    }

    private Task<T> RunAsync<T>(Func<Task<T>> command, Deadline deadline, CancellationToken cancellationToken) =>
        RedisCall.RunAsync(command, _name, null, deadline, cancellationToken);
}
