using System.Buffers.Text;

namespace Oxcaching.Remote;

/// <summary>
/// The fixed-width start of every L2 record: "ox1", version (16 digits), kind (1 letter), the writer's nonce (16 hex digits)
/// and as_of (16 digits), the times in microseconds of Redis's clock.
/// </summary>
/// <remarks>
/// Two heads are the same or not. That one is greater decides nothing: clocks step back after a failover. Redis assigns the
/// version; the nonce keeps two writers apart who were given the same one.
/// </remarks>
internal readonly struct Head : IEquatable<Head>
{
    public const int Length = 52;
    public const int TimeLength = 16;
    public const int NonceLength = 16;

    private const int KindAt = 19;
    private readonly ReadOnlyMemory<byte> _bytes;

    private Head(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public RecordKind Kind => (RecordKind)_bytes.Span[KindAt];

    /// <summary>The head that a record starts with; false for a foreign or broken one.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> record, out Head head)
    {
        head = default;
        if (record.Length < Length || !IsHead(record.Span))
        {
            return false;
        }

        head = new Head(record[..Length]);
        return true;
    }

    /// <summary>A time as records carry it; false when it is anything but 16 digits.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        return text.Length >= TimeLength
            && !text[..TimeLength].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && Utf8Parser.TryParse(text[..TimeLength], out micros, out _);
    }

    public bool Equals(Head other) => _bytes.Span.SequenceEqual(other._bytes.Span);

    public override bool Equals(object? obj) => obj is Head other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(_bytes.Span);
        return hash.ToHashCode();
    }

    private static bool IsHead(ReadOnlySpan<byte> record) =>
        record.StartsWith("ox1"u8)
        && TryParseTime(record[3..], out _)
        && record[KindAt] is (byte)RecordKind.Value or (byte)RecordKind.Lease or (byte)RecordKind.Tombstone
        && !record.Slice(KindAt + 1, NonceLength).ContainsAnyExcept("0123456789abcdef"u8)
        && TryParseTime(record[(KindAt + 1 + NonceLength)..], out _);
}
