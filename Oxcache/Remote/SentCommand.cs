using Oxcaching.Remote.Topology;

namespace Oxcaching.Remote;

/// <summary>A command that was sent to a primary, until its answer is there or its deadline over, whichever comes first.</summary>
/// <remarks>What <see cref="RedisCall"/> does for a command now and then, for those that come by the thousand.</remarks>
internal sealed class SentCommand<T> : TimedCall
{
    private readonly TaskCompletionSource<T> _answer = new();
    private readonly Task<T> _running;
    private readonly object _target;
    private readonly Primary? _primary;
    private readonly CallTimeouts _timeouts;
    private int _isOver;

    private SentCommand(Task<T> running, object target, Primary? primary, CallTimeouts timeouts, Deadline deadline)
        : base(deadline)
    {
        (_running, _target, _primary, _timeouts) = (running, target, primary, timeouts);
    }

    /// <summary>Waits for the answer; completes on the thread that brings it.</summary>
    /// <param name="running">The command.</param>
    /// <param name="target">Whom it went to, as errors name it.</param>
    /// <param name="primary">Who learns from what becomes of it; null: nobody.</param>
    /// <param name="timeouts">Who watches the deadline.</param>
    /// <param name="deadline">When to stop waiting.</param>
    /// <exception cref="RemoteException">There was no answer, or an error.</exception>
    public static Task<T> AnswerAsync(Task<T> running, object target, Primary? primary, CallTimeouts timeouts, Deadline deadline)
    {
        var command = new SentCommand<T>(running, target, primary, timeouts, deadline);
        timeouts.Add(command);
        running.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(command.OnAnswered);
        return command._answer.Task;
    }

    public override void End() => Fail(new TimeoutException());

    private void OnAnswered()
    {
        _timeouts.Remove(this);
        if (!_running.IsCompletedSuccessfully)
        {
            Fail(_running.Exception?.InnerException ?? new OperationCanceledException());
        }
        else if (TryBeOver())
        {
            _primary?.Answered();
            _answer.SetResult(_running.Result);
        }
    }

    private void Fail(Exception exception)
    {
        if (TryBeOver())
        {
            var failure = RedisCall.Translate(exception, _target);
            _primary?.Failed(failure);
            _answer.SetException(failure);

            // Whoever waited may have left, and it must not end in the finalizer.
            _ = _answer.Task.Exception;
        }
    }

    private bool TryBeOver() => Interlocked.Exchange(ref _isOver, 1) == 0;
}
