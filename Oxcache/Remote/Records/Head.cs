using System.Buffers.Binary;
using System.Globalization;
using Oxcaching.Local;

namespace Oxcaching.Remote;

/// <summary>
/// The fixed-width start of every L2 record: "ox1", version (16 digits), kind (1 letter), the writer's nonce (16 hex digits),
/// as_of (16 digits): when the call that wrote it began, at the earliest; and span (10 digits): by how much later it may have begun.
/// Times in microseconds of Redis's clock.
/// </summary>
/// <remarks>
/// Two heads are the same or not. That one is greater decides nothing: clocks step back after a failover. Redis assigns the
/// version; the nonce keeps two writers apart who were given the same one.
/// </remarks>
internal readonly record struct Head(long Version, RecordKind Kind, ulong Nonce, long AsOf, long Span)
{
    public const int Length = AsOfAt + TimeLength + SpanLength;
    public const int TimeLength = 16;
    public const int NonceLength = 16;

    private const int MostDigits = 20;
    private const int SpanLength = 10;
    private const int KindAt = 19;
    private const int NonceAt = KindAt + 1;
    private const int AsOfAt = NonceAt + NonceLength;

    /// <summary>Near the edge of what a double counts exactly there is no next version: at this one the scripts begin anew.</summary>
    public const long LargestTime = 9_000_000_000_000_000;

    /// <summary>What a record has room for.</summary>
    public const long LargestSpan = 9_999_999_999;

    public RecordId Id => new(Version, Nonce);

    /// <summary>The head that a record starts with; false for a foreign or broken one.</summary>
    public static bool TryParse(ReadOnlySpan<byte> record, out Head head)
    {
        head = default;
        if (record.Length < Length
            || !record.StartsWith("ox1"u8)
            || !TryParseTime(record[3..], out var version) || version > LargestTime
            || record[KindAt] is not ((byte)RecordKind.Value or (byte)RecordKind.Lease or (byte)RecordKind.Tombstone)
            || !TryParseNonce(record[NonceAt..], out var nonce)
            || !TryParseTime(record[AsOfAt..], out var asOf) || asOf > LargestTime
            || !long.TryParse(record.Slice(AsOfAt + TimeLength, SpanLength), NumberStyles.None, CultureInfo.InvariantCulture, out var span))
        {
            return false;
        }

        head = new Head(version, (RecordKind)record[KindAt], nonce, asOf, span);
        return true;
    }

    /// <summary>A time as records carry it; false when it is anything but 16 digits.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.Length < TimeLength || !TryParseDigits(text, out var upper) || !TryParseDigits(text[sizeof(ulong)..], out var lower))
        {
            return false;
        }

        micros = (upper * 100_000_000) + lower;
        return true;
    }

    /// <summary>A nonce as records carry it; false when it is anything but 16 lower-case hex digits.</summary>
    public static bool TryParseNonce(ReadOnlySpan<byte> text, out ulong nonce)
    {
        nonce = 0;
        if (text.Length < NonceLength)
        {
            return false;
        }

        foreach (var digit in text[..NonceLength])
        {
            if (!char.IsAsciiHexDigitLower((char)digit))
            {
                return false;
            }

            nonce = (nonce << 4) + (digit <= '9' ? digit - (uint)'0' : digit - (uint)'a' + 10);
        }

        return true;
    }

    /// <summary>Eight digits at once: neighbours are joined to numbers of two digits, those to numbers of four, and those to one of eight.</summary>
    private static bool TryParseDigits(ReadOnlySpan<byte> text, out long number)
    {
        const ulong Zeros = 0x3030303030303030;
        const ulong UpperHalves = 0xF0F0F0F0F0F0F0F0;
        const ulong ToOverflowAboveNine = 0x0606060606060606;
        var digits = BinaryPrimitives.ReadUInt64LittleEndian(text);
        number = 0;
        if ((digits & UpperHalves) != Zeros || ((digits + ToOverflowAboveNine) & UpperHalves) != Zeros)
        {
            return false;
        }

        digits -= Zeros;
        digits = (digits * 10) + (digits >> 8);
        digits = ((digits & 0x00FF00FF00FF00FF) * 100) + ((digits >> 16) & 0x00FF00FF00FF00FF);
        digits = ((digits & 0x0000FFFF0000FFFF) * 10_000) + ((digits >> 32) & 0x0000FFFF0000FFFF);
        number = (uint)digits;
        return true;
    }

    /// <summary>A time as records carry it.</summary>
    public static string TimeText(long micros) => Math.Max(micros, 0).ToString("D16", CultureInfo.InvariantCulture);

    /// <summary>A nonce as records carry it.</summary>
    public static string Text(ulong nonce) => nonce.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A nonce, an as_of and a span as records carry them, and the life in ms of the value, if it is to be said, one after the other.</summary>
    public static byte[] CallText(ulong nonce, long asOf, long span, long? ttl)
    {
        const int SpanAt = NonceLength + TimeLength;
        const int TtlAt = SpanAt + SpanLength;
        Span<byte> text = stackalloc byte[TtlAt + MostDigits];
        nonce.TryFormat(text, out _, "x16", CultureInfo.InvariantCulture);
        Math.Max(asOf, 0).TryFormat(text[NonceLength..], out _, "D16", CultureInfo.InvariantCulture);
        span.TryFormat(text[SpanAt..], out _, "D10", CultureInfo.InvariantCulture);
        var digits = 0;
        ttl?.TryFormat(text[TtlAt..], out digits, default, CultureInfo.InvariantCulture);
        return text[..(TtlAt + digits)].ToArray();
    }

    /// <summary>As it stands in Redis.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"ox1{Version:D16}{(char)Kind}{Nonce:x16}{AsOf:D16}{Span:D10}");
}
