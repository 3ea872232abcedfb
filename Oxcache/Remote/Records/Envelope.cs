using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Oxcaching.Serialization;

namespace Oxcaching.Remote;

/// <summary>
/// What follows the head and the expiry of a value: format (1 byte), CRC-32C of all that follows it (4), serializer (1),
/// flags (1), type fingerprint (4), where the key is hashed its length in bytes (4) and itself (UTF-16), and the payload.
/// Integers are little-endian.
/// </summary>
internal static class Envelope
{
    private const byte Format = 1;
    private const byte KeyIncluded = 1;
    private const int CrcAt = 1;
    private const int CheckedAt = 5;
    private const int FixedLength = 11;
    private const int InitialCapacity = 1024;
    private const int LargestSpare = 64 * 1024;

    /// <summary>Each thread keeps what it has grown, for the next value.</summary>
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _spare;

    public static byte[] Write<T>(RemoteKey key, T value, ICacheSerializer serializer)
    {
        // Taken, and not only borrowed: a converter may write to the cache itself.
        var buffer = _spare ?? new ArrayBufferWriter<byte>(InitialCapacity);
        _spare = null;
        var start = buffer.GetSpan(FixedLength);
        start[0] = Format;
        start[CheckedAt] = serializer.Id;
        start[CheckedAt + 1] = key.IsHashed ? KeyIncluded : (byte)0;
        BinaryPrimitives.WriteUInt32LittleEndian(start[(CheckedAt + 2)..], TypeFingerprint<T>.Value);
        buffer.Advance(FixedLength);
        if (key.IsHashed)
        {
            WriteKey(buffer, key.Text);
        }

        serializer.Serialize(buffer, value);
        var envelope = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(envelope.AsSpan(CrcAt), Crc32C.Of(envelope.AsSpan(CheckedAt)));
        if (buffer.Capacity <= LargestSpare)
        {
            buffer.ResetWrittenCount();
            _spare = buffer;
        }

        return envelope;
    }

    /// <summary>How many bytes of an envelope are the value's own.</summary>
    public static int PayloadLength(RemoteKey key, byte[] envelope) =>
        envelope.Length - FixedLength - (key.IsHashed ? sizeof(int) + (key.Text.Length * sizeof(char)) : 0);

    /// <summary>Reads the value; on false, the problem says why it is as good as absent.</summary>
    /// <remarks>A problem of null: another key with the same hash, which is a plain miss.</remarks>
    public static bool TryRead<T>(RemoteKey key, ReadOnlySpan<byte> envelope, ICacheSerializer serializer, out T? value, out string? problem)
    {
        value = default;
        problem = Check<T>(envelope, serializer);
        if (problem is not null)
        {
            return false;
        }

        var payload = envelope[FixedLength..];
        var keyIncluded = (envelope[CheckedAt + 1] & KeyIncluded) != 0;
        if (keyIncluded != key.IsHashed || (keyIncluded && !TrySkipKey(ref payload, key.Text)))
        {
            return false;
        }

        value = serializer.Deserialize<T>(payload);
        return true;
    }

    private static string? Check<T>(ReadOnlySpan<byte> envelope, ICacheSerializer serializer)
    {
        if (envelope.Length < FixedLength || envelope[0] != Format)
        {
            return "Another format.";
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(envelope[CrcAt..]) != Crc32C.Of(envelope[CheckedAt..]))
        {
            return "Damaged: the checksum does not match.";
        }

        if (envelope[CheckedAt] != serializer.Id)
        {
            return "Another serializer.";
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(envelope[(CheckedAt + 2)..]) != TypeFingerprint<T>.Value
            ? $"Stored as another type than {typeof(T)}."
            : null;
    }

    private static void WriteKey(ArrayBufferWriter<byte> buffer, string key)
    {
        var bytes = MemoryMarshal.AsBytes(key.AsSpan());
        BinaryPrimitives.WriteInt32LittleEndian(buffer.GetSpan(sizeof(int)), bytes.Length);
        buffer.Advance(sizeof(int));
        buffer.Write(bytes);
    }

    private static bool TrySkipKey(ref ReadOnlySpan<byte> payload, string key)
    {
        var expected = MemoryMarshal.AsBytes(key.AsSpan());
        if (payload.Length < sizeof(int) + expected.Length
            || BinaryPrimitives.ReadInt32LittleEndian(payload) != expected.Length
            || !payload[sizeof(int)..].StartsWith(expected))
        {
            return false;
        }

        payload = payload[(sizeof(int) + expected.Length)..];
        return true;
    }
}
