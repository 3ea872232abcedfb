using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What a message says of one key.</summary>
/// <remarks>
/// A head; a byte that is 1 where the key is in UTF-16 rather than UTF-8, the key's length in bytes (4, little-endian), and
/// the key. A script knows the head, and we the rest.
/// </remarks>
/// <param name="Key">The service's key.</param>
/// <param name="Record">What stands there now; of a load that is over, what it rested on.</param>
internal readonly record struct KeyChange(string Key, RecordId Record)
{
    private const int FlagAt = Head.Length;
    private const int LengthAt = FlagAt + 1;
    private const int KeyAt = LengthAt + sizeof(int);

    /// <summary>All but the head.</summary>
    public static byte[] KeyPart(RemoteKey key)
    {
        var length = key.IsHashed ? key.Text.Length * sizeof(char) : Encoding.UTF8.GetByteCount(key.Text);
        var part = new byte[KeyAt - FlagAt + length];
        BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(1), length);
        var text = part.AsSpan(KeyAt - FlagAt);
        if (key.IsHashed)
        {
            part[0] = 1;
            MemoryMarshal.AsBytes(key.Text.AsSpan()).CopyTo(text);
        }
        else
        {
            Encoding.UTF8.GetBytes(key.Text, text);
        }

        return part;
    }

    /// <summary>How long the first one is; false where there is none that can be read.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length <= KeyAt || !Head.TryParse(bytes, out _) || bytes[FlagAt] > 1)
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
        Head.TryParse(change, out var head);
        var key = change[KeyAt..];
        return new(change[FlagAt] == 0 ? Encoding.UTF8.GetString(key) : new string(MemoryMarshal.Cast<byte, char>(key)), head.Id);
    }
}
