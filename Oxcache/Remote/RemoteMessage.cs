using System.Buffers.Binary;
using System.Text;

namespace Oxcaching.Remote;

/// <summary>What the instances of a service tell each other over its channel.</summary>
/// <remarks>
/// Format (1 byte), <see cref="MessageKind"/> (1), the sender (8) and its interval (4), little-endian. A heartbeat goes on with
/// a count (4) for each interval of <see cref="MessageLedger.Window"/>; a message about keys with how many they are (2), the keys, and then for
/// each the letter and the head that the script which changed them answers. So the script needs nothing but to add its answer.
/// </remarks>
internal readonly record struct RemoteMessage(MessageKind Kind, ulong Node, uint Interval, ReadOnlyMemory<byte> Rest)
{
    private const byte Format = 3;
    private const int StartLength = 14;
    private const int KeysAt = sizeof(ushort);
    private const int AnswerLength = 1 + Head.Length;

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
    public static byte[] Start(MessageKind kind, ulong node, uint interval, ReadOnlySpan<RemoteKey> keys)
    {
        var length = StartLength + KeysAt;
        foreach (var key in keys)
        {
            length += KeyChange.LengthOf(key);
        }

        var message = new byte[length];
        WriteStart(message, kind, node, interval);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(StartLength), (ushort)keys.Length);
        var rest = message.AsSpan(StartLength + KeysAt);
        foreach (var key in keys)
        {
            var own = rest[..KeyChange.LengthOf(key)];
            KeyChange.Write(key, own);
            rest = rest[own.Length..];
        }

        return message;
    }

    /// <summary>A whole message about a key, for where no script makes it.</summary>
    public static byte[] About(MessageKind kind, ulong node, uint interval, Head head, RemoteKey key) =>
        [.. Start(kind, node, interval, [key]), (byte)ScriptOutcome.Stored, .. Encoding.ASCII.GetBytes(head.ToString())];

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
            MessageKind.Changed or MessageKind.Loaded => AreChanges(parsed.Rest.Span),
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
        if (Kind is not (MessageKind.Changed or MessageKind.Loaded))
        {
            yield break;
        }

        var count = BinaryPrimitives.ReadUInt16LittleEndian(Rest.Span);
        var answers = Rest[^(count * AnswerLength)..];
        for (var rest = Rest[KeysAt..]; count-- > 0; answers = answers[AnswerLength..])
        {
            Head.TryParse(answers.Span[1..], out var head);
            KeyChange.TryMeasure(rest.Span, out var length);
            yield return new KeyChange(KeyChange.Read(rest.Span[..length]), head.Id);
            rest = rest[length..];
        }
    }

    private static void WriteStart(Span<byte> start, MessageKind kind, ulong node, uint interval)
    {
        start[0] = Format;
        start[1] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(start[2..], node);
        BinaryPrimitives.WriteUInt32LittleEndian(start[10..], interval);
    }

    private static bool AreChanges(ReadOnlySpan<byte> rest)
    {
        if (!BinaryPrimitives.TryReadUInt16LittleEndian(rest, out var count) || count == 0)
        {
            return false;
        }

        rest = rest[KeysAt..];
        for (var i = 0; i < count; i++)
        {
            if (!KeyChange.TryMeasure(rest, out var length))
            {
                return false;
            }

            rest = rest[length..];
        }

        return rest.Length == count * AnswerLength && AreAnswers(rest);
    }

    private static bool AreAnswers(ReadOnlySpan<byte> answers)
    {
        for (; !answers.IsEmpty; answers = answers[AnswerLength..])
        {
            if (!Enum.IsDefined((ScriptOutcome)answers[0]) || !Head.TryParse(answers[1..], out _))
            {
                return false;
            }
        }

        return true;
    }
}
