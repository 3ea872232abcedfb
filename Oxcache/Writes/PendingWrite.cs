using Oxcaching.Flights;
using Oxcaching.Local;
using Oxcaching.Remote;

namespace Oxcaching.Writes;

/// <summary>A set or a delete that Redis has not acknowledged yet.</summary>
internal sealed class PendingWrite : PendingChange
{
    /// <summary>What a write takes beside its key and its value, as measured with its place in the log.</summary>
    private const int Overhead = 700;

    private TaskCompletionSource<WriteAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required RemoteKey Key { get; init; }

    /// <summary>What is sent; null: a delete.</summary>
    public required byte[]? Envelope { get; init; }

    /// <summary>What readers get meanwhile; null: nothing, or of what an earlier process left what is in the envelope.</summary>
    public required LocalEntry? Entry { get; init; }

    /// <summary>From the call on.</summary>
    public required TimeSpan Ttl { get; init; }

    /// <summary>The life in L1, from the call on; zero: it is not kept there.</summary>
    public required TimeSpan LocalTtl { get; init; }

    public required Claim Claim { get; init; }

    /// <summary>Whether L1 lets go of what it has under the key.</summary>
    public required bool DropsLocal { get; init; }

    /// <summary>Whether there will be a value.</summary>
    public bool IsSet => Envelope is not null || Entry is not null;

    /// <summary>
    /// About what it takes in memory; the value itself is taken to be as large as what is sent of it. What earlier processes have
    /// left does not count: their logs were bounded, and it must not crowd out what is written now.
    /// </summary>
    public long Bytes => Left is null ? SizeOf(Key, Envelope) : 0;

    /// <summary>Whether it has been sent, if only once.</summary>
    public bool IsSent { get; set; }

    /// <summary>Completes when Redis has acknowledged it, or has failed to. Another one after <see cref="Replace"/>.</summary>
    public Task<WriteAnswer> Answer => _answer.Task;

    /// <summary>What a write would take in memory.</summary>
    public static long SizeOf(RemoteKey key, byte[]? envelope) => Overhead + (4L * key.Text.Length) + (2L * (envelope?.Length ?? 0));

    /// <summary>Takes the place of one that has not been sent, and that callers may be waiting for: they get this one's answer.</summary>
    public void Replace(PendingWrite obsolete)
    {
        if (!obsolete.Answer.IsCompleted)
        {
            _answer = obsolete._answer;
        }
    }

    public void Complete(WriteAnswer answer) => _answer.TrySetResult(answer);
}
