using System.Net;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One multiplexer of StackExchange.Redis, and the end points that it was made for.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<(string Channel, Action<byte[]> Handler), Action<RedisChannel, RedisValue>> _subscriptions = [];
    private readonly bool _isOurs;
    private volatile bool _isSilent;

    private RedisLink(IConnectionMultiplexer multiplexer, IReadOnlyList<EndPoint> endPoints, RedisChannel prefix, bool isOurs)
    {
        (Multiplexer, EndPoints, _isOurs) = (multiplexer, endPoints, isOurs);
        ChannelPrefix = prefix.IsNullOrEmpty ? "" : prefix.ToString();
    }

    public IConnectionMultiplexer Multiplexer { get; }

    public IReadOnlyList<EndPoint> EndPoints { get; }

    /// <summary>What the client puts before the name of every channel, and a script has to put there itself.</summary>
    public string ChannelPrefix { get; }

    /// <summary>A connection that is another's: it is used, and never closed.</summary>
    public static RedisLink Of(HandedOverClient client) => new(
        client.Multiplexer, client.Connection.EndPoints, client.ChannelPrefix, isOurs: false);

    /// <summary>Connects; a further attempt begins while those before are stuck, and the first that ends is taken.</summary>
    /// <remarks>What an attempt has sent into a hole of the network stays lost when the hole closes: that attempt ends with its timeout alone.</remarks>
    /// <inheritdoc cref="ConnectAsync" path="/exception"/>
    public static async Task<RedisLink> ConnectSoonAsync(
        ConfigurationOptions options, IReadOnlyList<EndPoint> endPoints, object target, AbandonedLinks abandoned, Deadline deadline, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<RedisLink>>();
        try
        {
            while (true)
            {
                attempts.Add(ConnectAsync(options, endPoints, target, abandoned, deadline, over.Token));
                var first = Task.WhenAny(attempts);
                var stuck = Task.Delay(StuckAfter, deadline.Time, over.Token);
                if (await Task.WhenAny(first, stuck).ConfigureAwait(false) == first)
                {
                    var ended = await first.ConfigureAwait(false);
                    attempts.Remove(ended);
                    return await ended.ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            attempts.ForEach(attempt => abandoned.Add(attempt, link => link.DisposeAsync().AsTask()));
        }
    }

    /// <summary>Connects, or has the client go on trying in the background.</summary>
    /// <exception cref="RemoteException">It took longer than the deadline.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<RedisLink> ConnectAsync(
        ConfigurationOptions options, IReadOnlyList<EndPoint> endPoints, object target, AbandonedLinks abandoned, Deadline deadline, CancellationToken cancellationToken)
    {
        var connecting = MakeAsync();
        try
        {
            return await RedisCall.RunAsync(() => connecting, target, null, deadline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RemoteException or OperationCanceledException)
        {
            abandoned.Add(connecting, link => link.DisposeAsync().AsTask());
            throw;
        }

        async Task<RedisLink> MakeAsync() =>
            new(await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false), endPoints, options.ChannelPrefix, isOurs: true);
    }

    /// <summary>Subscribes, once for each channel and handler; the client itself does so again when it has reconnected.</summary>
    /// <returns>Whether it was not subscribed before.</returns>
    public async Task<bool> SubscribeAsync(string channel, Action<byte[]> handler)
    {
        Action<RedisChannel, RedisValue> hear = (_, message) => Hear(handler, message);
        lock (_subscriptions)
        {
            if (!_subscriptions.TryAdd((channel, handler), hear))
            {
                return false;
            }
        }

        try
        {
            await Multiplexer.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), hear).ConfigureAwait(false);
            return true;
        }
        catch
        {
            lock (_subscriptions)
            {
                _subscriptions.Remove((channel, handler));
            }

            // The client has kept it all the same, and would call it beside the next one.
            Unsubscribe(channel, hear);
            throw;
        }
    }

    /// <summary>No handler is called any more: messages come by another link.</summary>
    public void Silence() => _isSilent = true;

    public async ValueTask DisposeAsync()
    {
        if (_isOurs)
        {
            await Multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            Multiplexer.Dispose();
            return;
        }

        // The connection lives on, and must not hold on to us.
        KeyValuePair<(string Channel, Action<byte[]> Handler), Action<RedisChannel, RedisValue>>[] subscriptions;
        lock (_subscriptions)
        {
            subscriptions = [.. _subscriptions];
            _subscriptions.Clear();
        }

        Array.ForEach(subscriptions, subscription => Unsubscribe(subscription.Key.Channel, subscription.Value));
    }

    /// <summary>Nobody waits for a server that may be away.</summary>
    private void Unsubscribe(string channel, Action<RedisChannel, RedisValue> hear)
    {
        try
        {
            RedisCall.Observe(Multiplexer.GetSubscriber().UnsubscribeAsync(RedisChannel.Literal(channel), hear));
        }
        catch (Exception e) when (e is RedisException or ObjectDisposedException)
        {
            // Its owner has closed it, and all its subscriptions with it.
        }
    }

    private void Hear(Action<byte[]> handler, byte[]? message)
    {
        if (!_isSilent)
        {
            handler(message ?? []);
        }
    }
}
