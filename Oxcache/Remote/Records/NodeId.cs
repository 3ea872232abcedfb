using System.Security.Cryptography;

namespace Oxcaching.Remote;

/// <summary>Who one instance of a service is, in messages and in the records it writes. Thread-safe.</summary>
internal sealed class NodeId
{
    private readonly ulong _writer = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
    private int _last;

    /// <summary>What its messages carry.</summary>
    public ulong Value { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The writer, which is the same for all of this instance's records, and a count.</summary>
    public ulong NextNonce() => (_writer << 32) | (uint)Interlocked.Increment(ref _last);

    /// <summary>Whether a record was written by this instance.</summary>
    public bool Wrote(Head head) => head.Nonce >> 32 == _writer;
}
