using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What the instances of a service tell each other over its channel.</summary>
/// <remarks>
/// Format (1 byte), <see cref="MessageKind"/> (1), the sender (8) and its interval (4), little-endian. A heartbeat goes on with
/// a count (4) for each interval of <see cref="MessageLedger.Window"/>. A message about a key goes on with the version (16 digits)
/// and nonce (16 hex digits) of the record that stands there now, a byte that is 1 where the key is in UTF-16 rather than UTF-8, and the key.
/// </remarks>
internal readonly record struct RemoteMessage(MessageKind Kind, ulong Node, uint Interval, RecordId Record, string Key, int[] Counts)
{
    private const byte Format = 1;
    private const int StartLength = 14;
    private const int KeyAt = StartLength + Head.TimeLength + Head.NonceLength;

    /// <summary>The first bytes of every message.</summary>
    public static byte[] Start(MessageKind kind, ulong node, uint interval)
    {
        var start = new byte[StartLength];
        WriteStart(start, kind, node, interval);
        return start;
    }

    public static byte[] Heartbeat(ulong node, uint interval, ReadOnlySpan<int> counts)
    {
        var message = new byte[StartLength + (counts.Length * sizeof(int))];
        WriteStart(message, MessageKind.Heartbeat, node, interval);
        for (var i = 0; i < counts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(StartLength + (i * sizeof(int))), counts[i]);
        }

        return message;
    }

    /// <summary>A whole message about a key, for where no script makes it.</summary>
    public static byte[] About(MessageKind kind, ulong node, uint interval, RemoteKey key) =>
        [.. Start(kind, node, interval), .. "00000000000000000000000000000000"u8, .. KeyPart(key)];

    /// <summary>The last bytes of a message about a key.</summary>
    public static byte[] KeyPart(RemoteKey key) =>
        key.IsHashed ? [1, .. MemoryMarshal.AsBytes(key.Text.AsSpan())] : [0, .. Encoding.UTF8.GetBytes(key.Text)];

    /// <summary>False for whatever is not such a message.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RemoteMessage message)
    {
        message = default;
        if (bytes.Length < StartLength || bytes[0] != Format)
        {
            return false;
        }

        message = new RemoteMessage(
            (MessageKind)bytes[1],
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]),
            RecordId.None,
            "",
            []);
        return message.Kind switch
        {
            MessageKind.Cleared => bytes.Length == StartLength,
            MessageKind.Heartbeat => TryParseCounts(bytes[StartLength..], ref message),
            MessageKind.Changed or MessageKind.Loaded => TryParseKey(bytes, ref message),
            _ => false,
        };
    }

    private static void WriteStart(Span<byte> start, MessageKind kind, ulong node, uint interval)
    {
        start[0] = Format;
        start[1] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(start[2..], node);
        BinaryPrimitives.WriteUInt32LittleEndian(start[10..], interval);
    }

    private static bool TryParseCounts(ReadOnlySpan<byte> bytes, ref RemoteMessage message)
    {
        if (bytes.Length != MessageLedger.Window * sizeof(int))
        {
            return false;
        }

        var counts = new int[MessageLedger.Window];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * sizeof(int))..]);
        }

        message = message with { Counts = counts };
        return true;
    }

    private static bool TryParseKey(ReadOnlySpan<byte> bytes, ref RemoteMessage message)
    {
        if (bytes.Length <= KeyAt + 1
            || !Head.TryParseTime(bytes[StartLength..], out var version)
            || !Head.TryParseNonce(bytes[(StartLength + Head.TimeLength)..], out var nonce))
        {
            return false;
        }

        var key = bytes[(KeyAt + 1)..];
        switch (bytes[KeyAt])
        {
            case 0:
                message = message with { Record = new(version, nonce), Key = Encoding.UTF8.GetString(key) };
                return true;
            case 1 when key.Length % sizeof(char) == 0:
                message = message with { Record = new(version, nonce), Key = new string(MemoryMarshal.Cast<byte, char>(key)) };
                return true;
            default:
                return false;
        }
    }
}
