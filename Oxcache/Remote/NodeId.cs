using System.Globalization;
using System.Security.Cryptography;

namespace Oxcaching.Remote;

/// <summary>Who one instance of a service is, in messages and in the records it writes. Thread-safe.</summary>
internal sealed class NodeId
{
    private readonly string _writer = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private int _last;

    /// <summary>What its messages carry.</summary>
    public ulong Value { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Sixteen hex digits: the writer, the same for all of this instance's records, and a count.</summary>
    public string NextNonce() => _writer + ((uint)Interlocked.Increment(ref _last)).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Whether a record was written by this instance.</summary>
    public bool Wrote(Head head) => head.Nonce >> 32 == Convert.ToUInt32(_writer, 16);
}
