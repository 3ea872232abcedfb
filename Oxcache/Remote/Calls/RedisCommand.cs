using System.Threading.Tasks.Sources;
using Oxcaching.Remote.Topology;
using Oxcaching.Timing;
using StackExchange.Redis;

namespace Oxcaching.Remote;

/// <summary>One command, from when it is sent until its answer is there or its deadline over, whichever comes first. To be awaited once.</summary>
/// <remarks>
/// What <see cref="RedisCall"/> does for a command now and then, in a single object for those that come by the thousand. Who
/// awaits it goes on by the thread that brings the answer.
/// </remarks>
/// <typeparam name="TReply">What the client answers.</typeparam>
/// <typeparam name="T">What is made of it.</typeparam>
internal abstract class RedisCommand<TReply, T> : TimedCall, IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _answer;
    private Task<TReply>? _running;
    private object _target = "";
    private Primary? _primary;
    private CallTimeouts? _timeouts;
    private int _isOver;

    /// <summary>Sends it.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="flags">What leads to the right server.</param>
    protected abstract Task<TReply> SendAsync(IDatabase database, CommandFlags flags);

    /// <summary>Makes of the answer what the caller wants.</summary>
    protected abstract T Read(TReply reply);

    /// <summary>Whether an error of Redis is an answer, too.</summary>
    protected virtual bool IsAnswer(RemoteException error, out T? answer)
    {
        answer = default;
        return false;
    }

    /// <summary>Sends it, and waits for the answer.</summary>
    /// <param name="client">By what.</param>
    /// <param name="database">Where to.</param>
    /// <param name="flags">What leads to the right server.</param>
    /// <param name="target">Whom it goes to, as errors name it.</param>
    /// <param name="primary">Who learns from what becomes of it; null: nobody.</param>
    /// <param name="timeouts">Who watches the deadline.</param>
    /// <param name="deadline">When to stop waiting.</param>
    /// <exception cref="RemoteException">There was no answer, or an error.</exception>
    public ValueTask<T> RunAsync(IConnectionMultiplexer client, int database, CommandFlags flags, object target, Primary? primary, CallTimeouts timeouts, Deadline deadline)
    {
        (_target, _primary, _timeouts, Deadline) = (target, primary, timeouts, deadline);
        try
        {
            _running = SendAsync(client.GetDatabase(database), flags);
        }
        catch (Exception e)
        {
            Fail(e);
            return new(this, _answer.Version);
        }

        timeouts.Add(this);
        _running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(OnAnswered);
        return new(this, _answer.Version);
    }

    /// <summary>Has it over without sending it.</summary>
    public ValueTask<T> FailAsync(RemoteException error)
    {
        Fail(error);
        return new(this, _answer.Version);
    }

    public override void End() => Fail(new TimeoutException());

    T IValueTaskSource<T>.GetResult(short token) => _answer.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);

    private void OnAnswered()
    {
        _timeouts!.Remove(this);
        if (!_running!.IsCompletedSuccessfully)
        {
            Fail(_running.Exception?.InnerException ?? new OperationCanceledException());
        }
        else if (TryBeOver())
        {
            _primary?.Answered();
            Complete(_running.Result);
        }
    }

    private void Complete(TReply reply)
    {
        T result;
        try
        {
            result = Read(reply);
        }
        catch (Exception e)
        {
            _answer.SetException(e);
            return;
        }

        _answer.SetResult(result);
    }

    private void Fail(Exception exception)
    {
        if (!TryBeOver())
        {
            return;
        }

        // The primary first: a caller to whom it is a miss must not keep to himself that there was no answer.
        var failure = RedisCall.Translate(exception, _target, _primary);
        _primary?.Failed(failure);
        if (IsAnswer(failure, out var answer))
        {
            _answer.SetResult(answer!);
        }
        else
        {
            _answer.SetException(failure);
        }
    }

    private bool TryBeOver() => Interlocked.Exchange(ref _isOver, 1) == 0;
}
