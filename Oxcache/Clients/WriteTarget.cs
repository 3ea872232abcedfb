using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>Sends a service's pending writes to Redis, and what comes of them to its memory. Thread-safe.</summary>
internal sealed class WriteTarget(GuardedRemote remote, ServiceMemory memory, ProtocolRules rules, ServiceEvents events, TimeProvider time) : IWriteTarget
{
    public bool IsCutOff => remote.IsCutOff;

    public async Task<RemoteWritten?[]?> SendAsync(IReadOnlyList<PendingWrite> writes)
    {
        // Where a caller may have left before his write runs, others may have written since.
        var yields = false;
        var sent = new RemoteWrite[writes.Count];
        for (var i = 0; i < sent.Length; i++)
        {
            var age = time.GetElapsedTime(writes[i].CalledAt);
            sent[i] = new RemoteWrite(writes[i].Key, writes[i].Envelope, age, writes[i].Ttl - age);
            yields |= writes[i].Waited || age > remote.CommandTimeout * RemoteWriter.SpareTime;
        }

        var answer = await remote.WriteAsync(sent, yields && rules.QueuedWritesYield).ConfigureAwait(false);
        if (!answer.HasValue)
        {
            events.WritesPending(sent.Length, remote.ReasonOf(answer.Error));
        }

        return answer.Value;
    }

    public async Task<bool> ClearAsync(PendingClear clear)
    {
        var answer = await remote.ClearAsync(clear.CalledAt, clear.Waited && rules.QueuedWritesYield, CancellationToken.None).ConfigureAwait(false);
        if (!answer.HasValue)
        {
            events.WritesPending(1, remote.ReasonOf(answer.Error));
        }

        return answer.HasValue;
    }

    public void Arrived(PendingWrite write, RemoteWritten written) => memory.Arrived(write, written);

    public void Unanswered(PendingWrite write) => memory.Unanswered(write);
}
