using System.Net;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One multiplexer of StackExchange.Redis, and the end points that it was made for.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    private RedisLink(ConnectionMultiplexer multiplexer, IReadOnlyList<EndPoint> endPoints)
    {
        Multiplexer = multiplexer;
        EndPoints = endPoints;
    }

    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<(string Channel, Action<byte[]> Handler)> _subscriptions = [];
    private volatile bool _isSilent;

    public ConnectionMultiplexer Multiplexer { get; }

    public IReadOnlyList<EndPoint> EndPoints { get; }

    /// <summary>Connects; a further attempt begins while those before are stuck, and the first that ends is taken.</summary>
    /// <remarks>What an attempt has sent into a hole of the network stays lost when the hole closes: that attempt ends with its timeout alone.</remarks>
    /// <inheritdoc cref="ConnectAsync" path="/exception"/>
    public static async Task<RedisLink> ConnectSoonAsync(
        Func<ConfigurationOptions> options, IReadOnlyList<EndPoint> endPoints, object target, AbandonedLinks abandoned, Deadline deadline, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<RedisLink>>();
        try
        {
            while (true)
            {
                attempts.Add(ConnectAsync(options(), endPoints, target, abandoned, deadline, over.Token));
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
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            return new RedisLink(
                await RedisCall.RunAsync(() => connecting, target, null, deadline, cancellationToken).ConfigureAwait(false), endPoints);
        }
        catch (Exception e) when (e is RemoteException or OperationCanceledException)
        {
            abandoned.Add(connecting, CloseAsync);
            throw;
        }
    }

    /// <summary>Subscribes, once for each channel and handler; the client itself does so again when it has reconnected.</summary>
    /// <returns>Whether it was not subscribed before.</returns>
    public async Task<bool> SubscribeAsync(string channel, Action<byte[]> handler)
    {
        lock (_subscriptions)
        {
            if (!_subscriptions.Add((channel, handler)))
            {
                return false;
            }
        }

        try
        {
            await Multiplexer.GetSubscriber().SubscribeAsync(RedisChannel.Literal(channel), (_, message) => Hear(handler, message)).ConfigureAwait(false);
            return true;
        }
        catch
        {
            lock (_subscriptions)
            {
                _subscriptions.Remove((channel, handler));
            }

            throw;
        }
    }

    /// <summary>No handler is called any more: messages come by another link.</summary>
    public void Silence() => _isSilent = true;

    public ValueTask DisposeAsync() => new(CloseAsync(Multiplexer));

    private void Hear(Action<byte[]> handler, byte[]? message)
    {
        if (!_isSilent)
        {
            handler(message ?? []);
        }
    }

    private static async Task CloseAsync(ConnectionMultiplexer multiplexer)
    {
        await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
        multiplexer.Dispose();
    }
}
