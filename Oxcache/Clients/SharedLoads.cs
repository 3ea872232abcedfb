using Oxcaching.Configuration;
using Oxcaching.Flights;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Timing;

namespace Oxcaching.Clients;

/// <summary>Single-flight between instances: who finds another's fresh lease waits for its fill. Thread-safe.</summary>
/// <remarks>
/// It spares bodies and decides nothing: a waiter that gives up makes its own load, and what is stored is decided by the base
/// as ever. The owner keeps its lease fresh while its body runs, so that its death is noticed soon.
/// </remarks>
internal sealed class SharedLoads(GuardedRemote remote, LoadWaiters waiters, ServiceSettings settings, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(500);

    public bool IsOn => settings.DistributedSingleFlight;

    /// <summary>For how long others shall wait for a load that takes its lease now.</summary>
    public TimeSpan Freshness => IsOn ? FreshFor : TimeSpan.Zero;

    /// <summary>When a load that begins now stops waiting for others. Some time is left for its own body.</summary>
    public Deadline NewPatience() => Deadline.After(settings.FlightTimeout / 2, time);

    /// <summary>Waits for the load that a lease stands for, for a while; false where there is nobody to wait for.</summary>
    public async ValueTask<bool> WaitAsync(string key, Answer<Head> lease, int times, Deadline patience, CancellationToken cancellationToken)
    {
        if (!IsOn || lease is not { HasValue: true, Value.Kind: RecordKind.Lease } || remote.Wrote(lease.Value) || patience.Remaining == TimeSpan.Zero)
        {
            return false;
        }

        var poll = FirstPoll * (1 << Math.Min(times, 4));
        await waiters.WaitAsync(key, poll < LongestPoll ? poll : LongestPoll, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Keeps an own lease fresh until it is disposed.</summary>
    public HeldLease Hold(string key, Answer<Head> lease) =>
        IsOn && lease is { HasValue: true, Value.Kind: RecordKind.Lease } && remote.Wrote(lease.Value)
            ? new HeldLease(remote, key, lease.Value, FreshFor, time)
            : HeldLease.None;
}
