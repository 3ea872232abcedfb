using System.Security.Authentication;
using Oxcaching.Diagnostics;
using Oxcaching.Remote.Topology;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One command through StackExchange.Redis, whose asynchronous commands have no timeout of their own.</summary>
internal static class RedisCall
{
    private const string NotToReplica = "No connection (requires writable - not eligible for replica)";

    /// <summary>Answers by which a server says that the key, or the write, belongs to another, or that it cannot serve yet.</summary>
    /// <remarks>"Endpoint … serving hashslot …" is the client's own text for a MOVED or ASK that it could not follow.</remarks>
    private static readonly string[] Misdirections =
        ["MOVED ", "ASK ", "Endpoint ", "CLUSTERDOWN", "TRYAGAIN", "READONLY", "MASTERDOWN", "LOADING"];

    /// <summary>Sends a command and waits for its answer, at most until the deadline.</summary>
    /// <param name="command">Sends it.</param>
    /// <param name="target">Whom it goes to, as errors name it.</param>
    /// <param name="primary">Who learns from what becomes of it; null: nobody.</param>
    /// <param name="deadline">When to stop waiting.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RemoteException">There was no answer, or an error.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled. The command may still run.</exception>
    public static async Task<T> RunAsync<T>(
        Func<Task<T>> command, object target, Primary? primary, Deadline deadline, CancellationToken cancellationToken)
    {
        Task<T>? running = null;
        try
        {
            running = command();
            var answer = await running.WaitAsync(deadline.Remaining, deadline.Time, cancellationToken).ConfigureAwait(false);
            primary?.Answered();
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Observe(running);
            throw;
        }
        catch (Exception e)
        {
            Observe(running);
            var failure = Translate(e, target, primary);
            primary?.Failed(failure);
            throw failure;
        }
    }

    /// <summary>What went wrong, without what was sent.</summary>
    public static RemoteException Translate(Exception exception, object target, Primary? primary = null)
    {
        if (exception is RemoteException translated)
        {
            return translated;
        }

        var (limit, sentence) = LimitOf(exception);
        return new RemoteException(FailureOf(exception, limit), limit == RemoteLimit.None ? Message(exception, target) : $"Redis {target} {sentence}", exception)
        {
            Limit = limit,
            Primary = primary,
        };
    }

    /// <summary>What the error, or one behind it, says of the server; default: nothing.</summary>
    public static (RemoteLimit Limit, string Sentence) LimitOf(Exception? error)
    {
        (RemoteLimit Limit, string Sentence) found = default;
        for (; error is not null && found.Limit == RemoteLimit.None; error = error is AggregateException several ? several.InnerExceptions[^1] : error.InnerException)
        {
            // The client's own words have the key in them, which may be anything.
            found = error is AuthenticationException ? (RemoteLimit.Lasting, RemoteLimits.NoTls)
                : error is not (RedisConnectionException or TimeoutException) ? RemoteLimits.Of(error.Message)
                : error.Message.StartsWith(NotToReplica, StringComparison.Ordinal) ? (RemoteLimit.Passing, RemoteLimits.ReadOnly)
                : default;
        }

        return found;
    }

    private static RemoteFailure FailureOf(Exception exception, RemoteLimit limit) => exception switch
    {
        TimeoutException => RemoteFailure.TimedOut,
        RedisServerException => IsMisdirection(exception.Message) ? RemoteFailure.Misdirected : RemoteFailure.Refused,

        // The client itself refuses to send a write to a server that it takes for a replica.
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } when limit != RemoteLimit.None => RemoteFailure.Misdirected,
        RedisCommandException when limit != RemoteLimit.None => RemoteFailure.Refused,
        _ => RemoteFailure.Disconnected,
    };

    private static string Message(Exception exception, object target) => exception switch
    {
        TimeoutException => $"No answer from {target} in time.",
        RedisServerException => exception.Message,

        // The client cancels what waits in its queues when it closes.
        OperationCanceledException => $"The connection to {target} was closed.",
        _ => $"No connection to {target}: {Cause(exception)}.",
    };

    private static bool IsMisdirection(string message) =>
        Array.Exists(Misdirections, start => message.StartsWith(start, StringComparison.Ordinal));

    /// <summary>The innermost failure that the client knows of, by its kind alone: a message might show what was sent.</summary>
    private static string Cause(Exception exception)
    {
        var innermost = exception is AggregateException several ? several.Flatten().InnerExceptions[^1] : exception.InnerException;
        return innermost is RedisConnectionException or AggregateException ? Cause(innermost)
            : exception is RedisConnectionException failed ? failed.FailureType.ToString()
            : exception.GetType().Name;
    }

    /// <summary>Nobody may be waiting for it any more, and its exception must not end in the finalizer.</summary>
    public static void Observe(Task? abandoned) =>
        abandoned?.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
