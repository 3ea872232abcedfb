using System.Threading.Tasks.Sources;
using Oxcaching.Timing;

namespace Oxcaching.Writes;

/// <summary>One caller's wait for what comes of a write: until that is known or the deadline is over. To be awaited once.</summary>
/// <remarks>Many wait at the same time while writes are gathered; a timer for each would cost more than the write.</remarks>
internal sealed class AnswerWait : TimedCall, IValueTaskSource<WriteAnswer?>
{
    private readonly Task<WriteAnswer> _answer;
    private readonly CallTimeouts? _timeouts;
    private ManualResetValueTaskSourceCore<WriteAnswer?> _outcome;
    private int _isOver;

    private AnswerWait(Task<WriteAnswer> answer, CallTimeouts? timeouts, Deadline deadline) => (_answer, _timeouts, Deadline) = (answer, timeouts, deadline);

    /// <summary>Completes with the answer, or with null once the deadline is over.</summary>
    public static ValueTask<WriteAnswer?> ForAsync(Task<WriteAnswer> answer, CallTimeouts timeouts, Deadline deadline)
    {
        var wait = new AnswerWait(answer, timeouts, deadline);
        timeouts.Add(wait);
        return wait.StartAsync();
    }

    /// <summary>Completes with the answer.</summary>
    public static ValueTask<WriteAnswer?> ForAsync(Task<WriteAnswer> answer) =>
        answer.IsCompletedSuccessfully ? new(answer.Result) : new AnswerWait(answer, null, default).StartAsync();

    /// <remarks>On a thread of its own: who has waited goes on by it, and there may be many.</remarks>
    public override void End() => ThreadPool.UnsafeQueueUserWorkItem(static wait => wait.Complete(null), this, preferLocal: false);

    WriteAnswer? IValueTaskSource<WriteAnswer?>.GetResult(short token) => _outcome.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<WriteAnswer?>.GetStatus(short token) => _outcome.GetStatus(token);

    void IValueTaskSource<WriteAnswer?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _outcome.OnCompleted(continuation, state, token, flags);

    private ValueTask<WriteAnswer?> StartAsync()
    {
        _answer.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(OnAnswered);
        return new(this, _outcome.Version);
    }

    private void OnAnswered()
    {
        _timeouts?.Remove(this);
        Complete(_answer.Result);
    }

    private void Complete(WriteAnswer? outcome)
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            _outcome.SetResult(outcome);
        }
    }
}
