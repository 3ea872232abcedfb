using System.Runtime.CompilerServices;

namespace Oxcaching.Flights;

/// <summary>Has who awaits it go on by a thread of the pool, when all that waits for one now has had its turn.</summary>
/// <remarks>
/// Other ways to yield put the caller in front of the others: callers who miss all the time would keep timers, and so
/// the end of calls that are overdue, from ever getting a thread.
/// </remarks>
internal readonly struct PoolTurn : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public static PoolTurn Next => default;

    public PoolTurn GetAwaiter() => this;

    public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(static next => next(), continuation, preferLocal: false);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);

    public void GetResult()
    {
    }
}
