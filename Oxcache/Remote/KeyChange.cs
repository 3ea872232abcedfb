using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What a message says of one key.</summary>
/// <remarks>
/// In a message a key is a byte that is 1 where it is in UTF-16 rather than UTF-8, its length in bytes (4, little-endian), and itself.
/// </remarks>
/// <param name="Key">The service's key.</param>
/// <param name="Record">What stands there now; of a load that is over, what it rested on.</param>
internal readonly record struct KeyChange(string Key, RecordId Record)
{
    private const int LengthAt = 1;
    private const int KeyAt = LengthAt + sizeof(int);

    /// <summary>How many bytes a key takes.</summary>
    public static int LengthOf(RemoteKey key) => KeyAt + (key.IsHashed ? key.Text.Length * sizeof(char) : Encoding.UTF8.GetByteCount(key.Text));

    /// <summary>Writes a key; the target is as long as it is.</summary>
    public static void Write(RemoteKey key, Span<byte> target)
    {
        target[0] = key.IsHashed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(target[LengthAt..], target.Length - KeyAt);
        if (key.IsHashed)
        {
            MemoryMarshal.AsBytes(key.Text.AsSpan()).CopyTo(target[KeyAt..]);
        }
        else
        {
            Encoding.UTF8.GetBytes(key.Text, target[KeyAt..]);
        }
    }

    /// <summary>How long the first key is; false where there is none that can be read.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length <= KeyAt || bytes[0] > 1)
        {
            return false;
        }

        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        length = KeyAt + keyLength;
        return keyLength > 0 && keyLength <= bytes.Length - KeyAt && (bytes[0] == 0 || keyLength % sizeof(char) == 0);
    }

    /// <summary>Reads a key that could be measured.</summary>
    public static string Read(ReadOnlySpan<byte> key) =>
        key[0] == 0 ? Encoding.UTF8.GetString(key[KeyAt..]) : new string(MemoryMarshal.Cast<byte, char>(key[KeyAt..]));
}
