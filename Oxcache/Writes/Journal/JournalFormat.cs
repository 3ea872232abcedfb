using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Oxcaching.Serialization;

namespace Oxcaching.Writes;

/// <summary>
/// A file is a header and records; integers are little-endian. Header: "oxcwal", version (2 bytes), salt (4), length of the name (2),
/// the name in ASCII, CRC-32C of all that (4). Record: marker (4), CRC-32C of all that follows it (4), length of what follows this (4),
/// kind (1), length of the key in chars (4), id (8), stamp (8), stamp error (8), expiry (8), the key in UTF-16, the payload.
/// </summary>
/// <remarks>
/// The CRC of a record goes on from the file's salt, a random number: no bytes that are found in a file, neither of an older file on
/// the same blocks of the disk nor inside of a payload, are taken for a record of it.
/// </remarks>
internal static class JournalFormat
{
    public const int HeaderPrefixLength = 14;
    public const int RecordPrefixLength = 12;
    public const int SmallestBody = 37;

    /// <summary>The most that one record may take.</summary>
    public const long LargestRecord = 1 << 30;

    private const ushort Version = 1;
    private const int VersionAt = 6;
    private const int SaltAt = 8;
    private const int NameLengthAt = 12;
    private const int CrcAt = 4;
    private const int LengthAt = 8;

    public static ReadOnlySpan<byte> Marker => [0xF0, (byte)'o', (byte)'x', (byte)'j'];

    private static ReadOnlySpan<byte> Magic => "oxcwal"u8;

    public static long SizeOf(JournalRecord record) =>
        RecordPrefixLength + SmallestBody + ((long)record.Key.Length * sizeof(char)) + record.Payload.Length;

    public static byte[] Header(string name, uint salt)
    {
        var header = new byte[HeaderPrefixLength + name.Length + sizeof(uint)];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(VersionAt), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(SaltAt), salt);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(NameLengthAt), (ushort)name.Length);
        Encoding.ASCII.GetBytes(name, header.AsSpan(HeaderPrefixLength));
        var checkedLength = header.Length - sizeof(uint);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(checkedLength), Crc32C.Of(header.AsSpan(0, checkedLength)));
        return header;
    }

    /// <summary>Reads the salt of a file that starts with the bytes; returns what is wrong with them, or null.</summary>
    public static string? ReadHeader(ReadOnlySpan<byte> file, string name, out uint salt)
    {
        salt = 0;
        if (file.Length < HeaderPrefixLength || !file.StartsWith(Magic))
        {
            return "It does not start as a write-ahead log does.";
        }

        var version = BinaryPrimitives.ReadUInt16LittleEndian(file[VersionAt..]);
        if (version != Version)
        {
            return $"Its format has version {version}; this program reads version {Version}.";
        }

        salt = BinaryPrimitives.ReadUInt32LittleEndian(file[SaltAt..]);
        var expected = Header(name, salt);
        return file.StartsWith(expected) ? null : "Its header is damaged, or another service's.";
    }

    public static void Write(IBufferWriter<byte> buffer, JournalRecord record, uint salt)
    {
        var size = (int)SizeOf(record);
        var span = buffer.GetSpan(size)[..size];
        Marker.CopyTo(span);
        BinaryPrimitives.WriteInt32LittleEndian(span[LengthAt..], size - RecordPrefixLength);

        var body = span[RecordPrefixLength..];
        body[0] = (byte)record.Kind;
        BinaryPrimitives.WriteInt32LittleEndian(body[1..], record.Key.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(body[5..], record.Id);
        BinaryPrimitives.WriteInt64LittleEndian(body[13..], record.Stamp);
        BinaryPrimitives.WriteInt64LittleEndian(body[21..], record.StampError);
        BinaryPrimitives.WriteInt64LittleEndian(body[29..], record.Expiry);
        var key = MemoryMarshal.AsBytes(record.Key.AsSpan());
        key.CopyTo(body[SmallestBody..]);
        record.Payload.Span.CopyTo(body[(SmallestBody + key.Length)..]);

        BinaryPrimitives.WriteUInt32LittleEndian(span[CrcAt..], Crc32C.Of(span[LengthAt..], salt));
        buffer.Advance(size);
    }

    /// <summary>The length of the body that a record's first bytes announce, or -1.</summary>
    public static int BodyLength(ReadOnlySpan<byte> prefix)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix[LengthAt..]);
        return prefix.StartsWith(Marker) && length >= SmallestBody ? length : -1;
    }

    /// <summary>The record, or null when a bit of it is not as it was written.</summary>
    public static JournalRecord? Read(ReadOnlySpan<byte> prefix, ReadOnlyMemory<byte> body, uint salt)
    {
        var crc = Crc32C.Of(body.Span, Crc32C.Of(prefix[LengthAt..], salt));
        if (crc != BinaryPrimitives.ReadUInt32LittleEndian(prefix[CrcAt..]))
        {
            return null;
        }

        var span = body.Span;
        var kind = (JournalRecordKind)span[0];
        var keyLength = BinaryPrimitives.ReadInt32LittleEndian(span[1..]);
        if (!Enum.IsDefined(kind) || keyLength < 0 || keyLength > (span.Length - SmallestBody) / sizeof(char))
        {
            return null;
        }

        var payloadAt = SmallestBody + (keyLength * sizeof(char));
        return new JournalRecord
        {
            Kind = kind,
            Key = new string(MemoryMarshal.Cast<byte, char>(span[SmallestBody..payloadAt])),
            Id = BinaryPrimitives.ReadUInt64LittleEndian(span[5..]),
            Stamp = BinaryPrimitives.ReadInt64LittleEndian(span[13..]),
            StampError = BinaryPrimitives.ReadInt64LittleEndian(span[21..]),
            Expiry = BinaryPrimitives.ReadInt64LittleEndian(span[29..]),
            Payload = body[payloadAt..],
        };
    }
}
