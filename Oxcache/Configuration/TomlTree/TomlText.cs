using System.Text;

namespace Oxcaching.Configuration.TomlTree;

/// <summary>From the bytes of a file to its text: UTF-8, with or without a byte order mark, of limited size.</summary>
internal static class TomlText
{
    /// <summary>In bytes: 1 MiB.</summary>
    public const int MaxLength = 1024 * 1024;

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes)
    {
        if (bytes.Length > MaxLength)
        {
            throw new TomlSyntaxException(TomlPosition.Start, "the file is over 1 MiB, at most 1048576 bytes are allowed");
        }

        var start = bytes.Take(ByteOrderMark.Length).SequenceEqual(ByteOrderMark) ? ByteOrderMark.Length : 0;
        try
        {
            var text = Strict.GetString(bytes, start, bytes.Length - start);

            // Tomlyn would skip it as the first.
            return text.Length > 0 && text[0] == '\uFEFF'
                ? throw new TomlSyntaxException(TomlPosition.Start, "a second byte order mark, one is allowed")
                : text;
        }
        catch (DecoderFallbackException)
        {
            throw new TomlSyntaxException(FirstInvalid(bytes, start), "a byte that is not UTF-8, only UTF-8 is allowed");
        }
    }

    /// <summary>The place of an index of the text, or of its end.</summary>
    public static TomlPosition PositionAt(string text, int index)
    {
        var position = TomlPosition.Start;
        for (var i = 0; i < index && i < text.Length; i++)
        {
            position = text[i] == '\n' ? new(position.Line + 1, 1)
                : char.IsLowSurrogate(text[i]) ? position
                : new(position.Line, position.Column + 1);
        }

        return position;
    }

    /// <summary>Behind the last character that is whole.</summary>
    private static TomlPosition FirstInvalid(byte[] bytes, int start)
    {
        var decoder = Strict.GetDecoder();
        var character = new char[2];
        var position = TomlPosition.Start;
        for (var index = start; TryDecode(decoder, bytes, index, character, out var isWhole); index++)
        {
            if (isWhole)
            {
                position = character[0] == '\n' ? new(position.Line + 1, 1) : new(position.Line, position.Column + 1);
            }
        }

        return position;
    }

    private static bool TryDecode(Decoder decoder, byte[] bytes, int index, char[] character, out bool isWhole)
    {
        isWhole = false;
        try
        {
            isWhole = index < bytes.Length && decoder.GetChars(bytes, index, 1, character, 0, flush: index == bytes.Length - 1) > 0;
            return index < bytes.Length;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
