using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Oxcaching.Remote;

/// <summary>A key as a message carries it.</summary>
/// <remarks>
/// The nonce of the write (8 bytes, little-endian), a byte that is 1 where the key is in UTF-16 rather than UTF-8, its length in bytes (4), and itself.
/// </remarks>
internal readonly record struct MessageKey(RemoteKey Key, ulong Nonce)
{
    private const int FormAt = sizeof(ulong);
    private const int LengthAt = FormAt + 1;
    private const int KeyAt = LengthAt + sizeof(int);

    /// <summary>How many bytes it takes.</summary>
    public int Length => KeyAt + (Key.IsHashed ? Key.Text.Length * sizeof(char) : Encoding.UTF8.GetByteCount(Key.Text));

    /// <summary>How long the first key is; false where there is none that can be read.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length <= KeyAt || bytes[FormAt] > 1)
        {
            return false;
        }

        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        length = KeyAt + keyLength;
        return keyLength > 0 && keyLength <= bytes.Length - KeyAt && (bytes[FormAt] == 0 || keyLength % sizeof(char) == 0);
    }

    /// <summary>Reads one that could be measured.</summary>
    public static (string Key, ulong Nonce) Read(ReadOnlySpan<byte> bytes)
    {
        var key = bytes[KeyAt..];
        return (
            bytes[FormAt] == 0 ? Encoding.UTF8.GetString(key) : new string(MemoryMarshal.Cast<byte, char>(key)),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes));
    }

    /// <summary>Writes it; the target is as long as it is.</summary>
    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(target, Nonce);
        target[FormAt] = Key.IsHashed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(target[LengthAt..], target.Length - KeyAt);
        if (Key.IsHashed)
        {
            MemoryMarshal.AsBytes(Key.Text.AsSpan()).CopyTo(target[KeyAt..]);
        }
        else
        {
            Encoding.UTF8.GetBytes(Key.Text, target[KeyAt..]);
        }
    }
}
