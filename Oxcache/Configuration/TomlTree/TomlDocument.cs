using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Oxcaching.Configuration.TomlTree;

/// <summary>Has Tomlyn read TOML 1.1, and hands out what it says as values that know their places.</summary>
internal static class TomlDocument
{
    private const string Name = "value = ";

    private static readonly TomlLexerOptions Decoded = new() { DecodeScalars = true };

    // Tomlyn counts the document as a level.
    private static readonly TomlSerializerOptions Limited = new() { MaxDepth = TomlDepth.Max + 1 };

    /// <exception cref="TomlSyntaxException">It is not TOML, or over a limit. Nothing else is thrown.</exception>
    public static TomlTable Read(byte[] bytes)
    {
        var text = TomlText.Decode(bytes);
        var document = Parse(text);
        return document.HasErrors ? throw new TomlSyntaxException(TomlErrors.Of(document, text)) : TomlTreeBuilder.Build(document);
    }

    /// <summary>The value that the whole text is; null: it is none.</summary>
    public static TomlValue? ReadValue(string text)
    {
        try
        {
            var document = Parse(Name + text);
            var value = document.HasErrors ? null : document.KeyValues.First().Value;
            return value?.Span.Offset == Name.Length && value.Span.Length == text.Length ? TomlTreeBuilder.Build(document).Entries[0].Value : null;
        }
        catch (TomlSyntaxException)
        {
            return null;
        }
    }

    private static DocumentSyntax Parse(string text)
    {
        var lexer = TomlLexer.Create(text, Decoded);
        try
        {
            return SyntaxParser.Parse(lexer, Limited, validate: true);
        }
        catch (ArgumentOutOfRangeException)
        {
            // All that it says of a string that ends with the file, at a backslash.
            throw new TomlSyntaxException(TomlText.PositionAt(text, text.Length), TomlErrors.NotClosed);
        }
        catch (TomlException)
        {
            // Thrown for the depth alone, and without a place: at the bracket that was read last.
            lexer.MoveNext();
            throw TomlDepth.Exceeded(TomlText.PositionAt(text, lexer.Current.Start.Offset - 1));
        }
    }
}
