using System.Text;
using System.Text.Unicode;

namespace Oxcaching.Configuration.Toml;

/// <summary>From the bytes of a file to its text: UTF-8, with or without a byte order mark, of limited size.</summary>
internal static class TomlText
{
    /// <summary>In bytes: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength)
        {
            throw new TomlSyntaxException(TomlPosition.Start, "the file is over 1 MiB, at most 1048576 bytes are allowed");
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new TomlSyntaxException(FirstInvalid(bytes), "a byte that is not UTF-8, only UTF-8 is allowed");
        }

        return Encoding.UTF8.GetString(bytes);
    }

    private static TomlPosition FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var (line, column) = (1, 1);
        while (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
            bytes = bytes[length..];
        }

        return new TomlPosition(line, column);
    }
}
