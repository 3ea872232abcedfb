using System.Buffers.Binary;
using System.Text;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>What the instances of a service tell each other over its channel.</summary>
/// <remarks>
/// Format (1 byte), <see cref="MessageKind"/> (1), the sender (8) and its interval (4), little-endian. A heartbeat goes on with
/// a count (4) for each interval of <see cref="MessageLedger.Window"/>; a message about keys with how many they are (2), the keys, and then what the
/// script that changed them answers. So the script needs nothing but to add that.
/// </remarks>
internal readonly record struct RemoteMessage(MessageKind Kind, ulong Node, uint Interval, ReadOnlyMemory<byte> Rest)
{
    private const byte Format = 4;
    private const int StartLength = 14;
    private const int KeysAt = sizeof(ushort);

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

    /// <summary>A message about keys, up to what a script answers.</summary>
    public static byte[] Start(MessageKind kind, ulong node, uint interval, ReadOnlySpan<MessageKey> keys)
    {
        var length = StartLength + KeysAt;
        foreach (var key in keys)
        {
            length += key.Length;
        }

        var message = new byte[length];
        WriteStart(message, kind, node, interval);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(StartLength), (ushort)keys.Length);
        var rest = message.AsSpan(StartLength + KeysAt);
        foreach (var key in keys)
        {
            var own = rest[..key.Length];
            key.Write(own);
            rest = rest[own.Length..];
        }

        return message;
    }

    /// <summary>A whole message about a key, for where no script makes it.</summary>
    public static byte[] About(MessageKind kind, ulong node, uint interval, RecordId record, RemoteKey key) =>
    [
        .. Start(kind, node, interval, [new MessageKey(key, record.Nonce)]),
        (byte)ScriptOutcome.Stored, .. Encoding.ASCII.GetBytes(Head.TimeText(record.Version)), (byte)ScriptOutcome.AsSent,
    ];

    /// <summary>False for whatever is not such a message.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> message, out RemoteMessage parsed)
    {
        parsed = default;
        var bytes = message.Span;
        if (bytes.Length < StartLength || bytes[0] != Format)
        {
            return false;
        }

        parsed = new RemoteMessage(
            (MessageKind)bytes[1],
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]),
            message[StartLength..]);
        return parsed.Kind switch
        {
            MessageKind.Cleared => parsed.Rest.IsEmpty,
            MessageKind.Heartbeat => parsed.Rest.Length == MessageLedger.Window * sizeof(int),
            MessageKind.Changed or MessageKind.Loaded => AreChanges(parsed.Rest),
            _ => false,
        };
    }

    /// <summary>What a heartbeat counts.</summary>
    public int[] Counts()
    {
        var counts = new int[MessageLedger.Window];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = BinaryPrimitives.ReadInt32LittleEndian(Rest.Span[(i * sizeof(int))..]);
        }

        return counts;
    }

    /// <summary>What a message about keys says of each.</summary>
    public IEnumerable<KeyChange> Changes()
    {
        if (Kind is not (MessageKind.Changed or MessageKind.Loaded) || !TryReadKeys(Rest, out var count, out var answers))
        {
            yield break;
        }

        for (var keys = Rest[KeysAt..]; count-- > 0;)
        {
            MessageKey.TryMeasure(keys.Span, out var length);
            var (key, nonce) = MessageKey.Read(keys.Span[..length]);
            answers.TryNext(nonce, 0, 0, out var written);
            yield return new KeyChange(key, written.Head.Id);
            keys = keys[length..];
        }
    }

    private static void WriteStart(Span<byte> start, MessageKind kind, ulong node, uint interval)
    {
        start[0] = Format;
        start[1] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(start[2..], node);
        BinaryPrimitives.WriteUInt32LittleEndian(start[10..], interval);
    }

    private static bool AreChanges(ReadOnlyMemory<byte> rest)
    {
        if (!TryReadKeys(rest, out var count, out var answers))
        {
            return false;
        }

        while (count-- > 0)
        {
            if (!answers.TryNext(0, 0, 0, out _))
            {
                return false;
            }
        }

        return answers.AtEnd;
    }

    /// <summary>How many keys there are, and what was answered of them.</summary>
    private static bool TryReadKeys(ReadOnlyMemory<byte> rest, out int count, out WriteAnswers answers)
    {
        answers = default;
        count = rest.Length < KeysAt ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(rest.Span);
        if (count == 0)
        {
            return false;
        }

        rest = rest[KeysAt..];
        for (var i = 0; i < count; i++)
        {
            if (!MessageKey.TryMeasure(rest.Span, out var length))
            {
                return false;
            }

            rest = rest[length..];
        }

        return ScriptReply.TryRead(rest, out var reply) && WriteAnswers.TryRead(reply, out answers);
    }
}
