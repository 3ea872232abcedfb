using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What a message says of one key.</summary>
/// <remarks>
/// The version (16 digits) and the nonce (16 hex digits) of its record; a byte that is 1 where the key is in UTF-16 rather than
/// UTF-8, the key's length in bytes (4, little-endian), and the key. A script knows the record, and we the rest.
/// </remarks>
/// <param name="Key">The service's key.</param>
/// <param name="Record">What stands there now.</param>
internal readonly record struct KeyChange(string Key, RecordId Record)
{
    private const int FlagAt = Head.TimeLength + Head.NonceLength;
    private const int LengthAt = FlagAt + 1;
    private const int KeyAt = LengthAt + sizeof(int);

    /// <summary>All but the record.</summary>
    public static byte[] KeyPart(RemoteKey key)
    {
        var bytes = key.IsHashed ? MemoryMarshal.AsBytes(key.Text.AsSpan()) : Encoding.UTF8.GetBytes(key.Text);
        var part = new byte[KeyAt - FlagAt + bytes.Length];
        part[0] = key.IsHashed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(1), bytes.Length);
        bytes.CopyTo(part.AsSpan(KeyAt - FlagAt));
        return part;
    }

    /// <summary>Where no record is told of.</summary>
    public static byte[] WithoutRecord(RemoteKey key) => [.. "00000000000000000000000000000000"u8, .. KeyPart(key)];

    /// <summary>How long the first one is; false where there is none that can be read.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length <= KeyAt
            || !Head.TryParseTime(bytes, out _)
            || !Head.TryParseNonce(bytes[Head.TimeLength..], out _)
            || bytes[FlagAt] > 1)
        {
            return false;
        }

        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        length = KeyAt + keyLength;
        return keyLength > 0 && keyLength <= bytes.Length - KeyAt && (bytes[FlagAt] == 0 || keyLength % sizeof(char) == 0);
    }

    /// <summary>Reads one that could be measured.</summary>
    public static KeyChange Read(ReadOnlySpan<byte> change)
    {
        Head.TryParseTime(change, out var version);
        Head.TryParseNonce(change[Head.TimeLength..], out var nonce);
        var key = change[KeyAt..];
        return new(change[FlagAt] == 0 ? Encoding.UTF8.GetString(key) : new string(MemoryMarshal.Cast<byte, char>(key)), new(version, nonce));
    }
}
