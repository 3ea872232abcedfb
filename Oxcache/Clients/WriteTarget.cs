using Oxcaching.Configuration;
using Oxcaching.Diagnostics;
using Oxcaching.Recovery;
using Oxcaching.Remote;
using Oxcaching.Writes;

namespace Oxcaching.Clients;

/// <summary>Sends a service's pending writes to Redis, and what comes of them to its memory. Thread-safe.</summary>
internal sealed class WriteTarget(GuardedRemote remote, ServiceMemory memory, ProtocolRules rules, ServiceEvents events) : IWriteTarget
{
    public bool IsCutOff => remote.IsCutOff;

    public async Task<RemoteWritten?[]?> SendAsync(IReadOnlyList<PendingWrite> writes)
    {
        var yields = false;
        var sent = new RemoteWrite[writes.Count];
        for (var i = 0; i < sent.Length; i++)
        {
            sent[i] = CallOf(writes[i], writes[i].Ttl) with { Key = writes[i].Key, Nonce = writes[i].Id, Envelope = EnvelopeOf(writes[i]) };
            yields |= writes[i].Waited;
        }

        var answer = await remote.WriteAsync(sent, yields && rules.QueuedWritesYield).ConfigureAwait(false);
        if (!answer.HasValue)
        {
            events.WritesPending(sent.Length, remote.ReasonOf(answer.Error));
        }
        else if (answer.Value!.Count(written => written?.Outcome == ScriptOutcome.Full) is > 0 and var refused)
        {
            var reasons = sent.Where((_, i) => answer.Value![i]?.Outcome == ScriptOutcome.Full).Select(write => remote.RememberFull(write.Key)).ToArray();
            events.WritesPending(refused, reasons[0]);
        }

        return answer.Value;
    }

    public async Task<bool> ClearAsync(PendingClear clear)
    {
        var answer = await remote.ClearAsync(CallOf(clear, TimeSpan.Zero), clear.Waited && rules.QueuedWritesYield).ConfigureAwait(false);
        if (!answer.HasValue)
        {
            events.WritesPending(1, remote.ReasonOf(answer.Error));
        }

        return answer.HasValue;
    }

    public JournalRecord RecordOf(PendingChange change)
    {
        var write = change as PendingWrite;
        var called = change.Call.By(write is null ? remote.Clock : remote.ClockOf(write.Key));
        return new JournalRecord
        {
            Kind = write is null ? JournalRecordKind.Clear : write.Envelope is null ? JournalRecordKind.Delete : JournalRecordKind.Set,
            Key = write?.Key.Text ?? "",
            Id = change.Id,
            Stamp = called.Micros,
            StampError = called.Error,
            Expiry = write?.Envelope is null || called.Micros == 0 ? 0 : called.Micros + (long)write.Ttl.TotalMicroseconds,
            Payload = write?.Envelope,
        };
    }

    public void Arrived(PendingWrite write, RemoteWritten written) => memory.Arrived(write, written);

    public void Unanswered(PendingWrite write) => memory.Unanswered(write);

    /// <summary>When it was called, as far as that is known.</summary>
    private RemoteWrite CallOf(PendingChange change, TimeSpan ttl)
    {
        if (change.Left is { Stamp: not 0 } left)
        {
            return new RemoteWrite { Key = default, Nonce = 0, Stamp = left.Stamp, StampError = left.StampError, Expiry = left.Expiry };
        }

        return new RemoteWrite { Key = default, Nonce = 0, Call = change.Call, Ttl = ttl };
    }

    /// <summary>A value of which nobody knows how old it is ends the one before it, and is not stored.</summary>
    private static byte[]? EnvelopeOf(PendingWrite write) => write.Left is { Stamp: 0 } ? null : write.Envelope;
}
