using Oxcaching.Diagnostics;
using Oxcaching.Remote;

namespace Oxcaching.Recovery;

/// <summary>The L2 of one service behind its connection's gate: nothing thrown by it but the caller's own cancellation. Thread-safe.</summary>
internal sealed class GuardedRemote(
    RemoteCache cache, RemoteGate gate, TimeSpan commandTimeout, ServiceEvents events, Outstanding outstanding, TimeProvider time)
{
    /// <summary>By when a call that begins now is to be over.</summary>
    public Deadline NewDeadline() => Deadline.After(commandTimeout, time);

    public ValueTask<Answer<RemoteRead<T>>> ReadAsync<T>(string key, Deadline deadline, CancellationToken cancellationToken) =>
        CallAsync(() => cache.ReadAsync<T>(key, deadline, cancellationToken), deadline, cancellationToken);

    public ValueTask<Answer<bool>> ExistsAsync(string key, Deadline deadline, CancellationToken cancellationToken) =>
        CallAsync(() => cache.ExistsAsync(key, deadline, cancellationToken), deadline, cancellationToken);

    public ValueTask<Answer<Head>> LeaseAsync(string key, Deadline deadline, CancellationToken cancellationToken) =>
        CallAsync(() => cache.LeaseAsync(key, deadline, cancellationToken), deadline, cancellationToken);

    /// <summary>The value is serialized and on its way when this returns.</summary>
    public ValueTask<Answer<bool>> FillAsync<T>(string key, T value, Head @base, TimeSpan ttl)
    {
        var deadline = NewDeadline();
        return CallAsync(() => cache.FillAsync(key, value, @base, ttl, deadline), deadline, CancellationToken.None);
    }

    public ValueTask<Answer<bool>> SetAsync<T>(string key, T value, TimeSpan ttl, Deadline deadline, CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                await cache.SetAsync(key, value, ttl, deadline, cancellationToken).ConfigureAwait(false);
                return true;
            },
            deadline,
            cancellationToken);

    public ValueTask<Answer<bool>> DeleteAsync(string key, Deadline deadline, CancellationToken cancellationToken) =>
        WriteAsync(() => cache.DeleteAsync(key, deadline, cancellationToken), deadline, cancellationToken);

    public ValueTask<Answer<bool>> ClearAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                await cache.ClearAsync(NewDeadline, cancellationToken).ConfigureAwait(false);
                return true;
            },
            NewDeadline(),
            cancellationToken);

    private async ValueTask<Answer<T>> WriteAsync<T>(Func<Task<T>> call, Deadline deadline, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(call, deadline, cancellationToken).ConfigureAwait(false);
        if (!answer.HasValue)
        {
            events.WriteLost(answer.Error?.Message ?? gate.Reason);
        }

        return answer;
    }

    private async ValueTask<Answer<T>> CallAsync<T>(Func<Task<T>> call, Deadline deadline, CancellationToken cancellationToken)
    {
        outstanding.Begin();
        try
        {
            var answer = await gate.CallAsync(call, deadline, cancellationToken).ConfigureAwait(false);
            Count(answer.HasValue, answer.Error);
            return answer;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever goes wrong in here costs the cache, not the call.
            events.Internal(e);
            return Answer<T>.Skipped;
        }
        finally
        {
            outstanding.End();
        }
    }

    private void Count(bool answered, RemoteException? error)
    {
        if (answered)
        {
            return;
        }

        if (error is null)
        {
            events.RemoteSkipped();
        }
        else if (error.Failure == RemoteFailure.Refused)
        {
            events.RemoteRefused(error.Message);
        }
        else
        {
            events.RemoteFailed();
        }
    }
}
