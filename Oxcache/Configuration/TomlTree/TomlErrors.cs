using System.Globalization;
using System.Text.RegularExpressions;
using Tomlyn.Syntax;

namespace Oxcaching.Configuration.TomlTree;

/// <summary>
/// What Tomlyn found wrong, in words of ours: its own quote the file, and what stands in the wrong place may be a password
/// that lacks its quotes.
/// </summary>
internal static class TomlErrors
{
    public const string TooLarge = "the integer is too large, 64 bits with sign are allowed";

    public const string NotClosed = "the closing quote of the string is missing";

    /// <summary>How many errors of a file are told.</summary>
    private const int Max = 20;

    private const string EndOfFile = "<eof>";
    private const string Defined = "` is already defined at ";
    private const string NotANumber = "not a number, such as 7, 1_000, 0xFF, -0.5 or 1e6";
    private const string Value = "a value (a string in quotes, a number, true, false, a date, an array or a table) expected";

    /// <summary>By what Tomlyn's message contains, the first that fits; {0} is the character that was found.</summary>
    private static readonly (string Sign, string Text)[] Texts =
    [
        ("expecting token `newline`", "found {0}, the end of the line expected"),
        ("expecting `]]`", "found {0}, '.' or ']]' expected"),
        ("expecting `]`", "found {0}, '.' or ']' expected"),
        ("Expecting `=`", "found {0}, '=' or '.' after the key expected"),
        (" an array", "found {0}, ',' or ']' expected"),
        ("inline table", "found {0}, a key, ',' or '}}' expected"),
        ("end-of-line found while expecting a value", $"found {{0}}, {Value}"),
        ($"{EndOfFile}` for a value", $"found {{0}}, {Value}"),
        ("for a value", $"not a value, {Value}"),
        ("for a base key", "found {0}, a key expected"),
        ("Unexpected token [", "found {0}, a key expected"),
        ("End-Of-File", NotClosed),
        ("newline in a string", "found {0}, the closing quote of the string expected"),
        ("escape", @"unknown escape, \b \t \n \f \r \e \"" \\ \xHH \uXXXX and \UXXXXXXXX are allowed"),
        ("Unicode scalar", "escape of no Unicode character, 0 … D7FF and E000 … 10FFFF are allowed"),
        (@"\r not followed", @"a carriage return without a line feed, \n or \r\n ends a line"),
        ("control character", "a control character, of which only the tab is allowed here"),
        ("surrogate", "U+FFFD, which stands for a character that was lost, is not allowed"),
        ("parse integer", TooLarge),
        ("Invalid size", TooLarge),
        ("leading", NotANumber),
        ("digit", NotANumber),
        ("nderscore", NotANumber),
        ("floating point", NotANumber),
        ("capital", NotANumber),
        ("date", "not a date or time, YYYY-MM-DD, hh:mm:ss or both of the years 1 … 9999 expected"),
    ];

    /// <summary>In the order of the file; the first of a line, for it makes the rest of the line look wrong as well.</summary>
    public static IReadOnlyList<TomlError> Of(DocumentSyntax document, string text)
    {
        var end = TomlText.PositionAt(text, text.Length).Line - 1;
        return [.. document.Diagnostics
            .Select(diagnostic => (Diagnostic: diagnostic, Start: IsPastEnd(diagnostic) ? new TextPosition(text.Length, end, 0) : diagnostic.Span.Start))
            .OrderBy(found => found.Start.Offset)
            .GroupBy(found => found.Start.Line, (_, ofLine) => ofLine.First())
            .Take(Max)
            .Select((found, index) => Error(document, text, found.Diagnostic.Message, found.Start.Offset, isFirst: index == 0))];
    }

    public static string AlreadyDefined(string key, int line) => $"'{key}' is already defined in line {line}, once is allowed";

    /// <summary>What Tomlyn misses behind the end it places at the beginning.</summary>
    private static bool IsPastEnd(DiagnosticMessage diagnostic) => diagnostic.Span.Offset <= 0 && diagnostic.Message.Contains(EndOfFile);

    private static TomlError Error(DocumentSyntax document, string text, string message, int index, bool isFirst)
    {
        var position = TomlText.PositionAt(text, index);
        var defined = message.IndexOf(Defined, StringComparison.Ordinal);
        if (defined >= 0)
        {
            var key = message.Substring(0, defined).Substring(message.IndexOf('`') + 1);
            var line = int.Parse(Regex.Match(message.Substring(defined), "[0-9]+").Value, CultureInfo.InvariantCulture);
            return new TomlError(position, PathAt(document, index, withKey: true), AlreadyDefined(key, line));
        }

        // What follows a mistake may be taken for a key and be the next line of a secret.
        var (_, found) = Texts.FirstOrDefault(one => message.Contains(one.Sign));
        return new TomlError(
            position,
            PathAt(document, index, withKey: isFirst),
            string.Format(CultureInfo.InvariantCulture, found ?? "not TOML", Describe(text, index)));
    }

    /// <summary>The statement that begins at or before the index: the last one there.</summary>
    private static string PathAt(DocumentSyntax document, int index, bool withKey)
    {
        var path = LastKey("", document.KeyValues, index, withKey);
        foreach (var table in document.Tables.TakeWhile(table => table.Span.Offset <= index))
        {
            path = LastKey(Join("", table.Name), table.Items, index, withKey);
        }

        return path;
    }

    private static string LastKey(string table, IEnumerable<KeyValueSyntax> pairs, int index, bool withKey) =>
        withKey && pairs.TakeWhile(pair => pair.Span.Offset <= index).LastOrDefault() is { } last ? Join(table, last.Key) : table;

    private static string Join(string path, KeySyntax? key)
    {
        IEnumerable<BareKeyOrStringValueSyntax?> parts = key is null ? [] : [key.Key, .. key.DotKeys.Select(dotted => dotted.Key)];
        return parts.Aggregate(path, (joined, part) => part switch
        {
            StringValueSyntax quoted => TomlKey.Join(joined, quoted.Value ?? ""),
            BareKeySyntax bare => TomlKey.Join(joined, bare.Key?.Text ?? ""),
            _ => joined,
        });
    }

    private static string Describe(string text, int index)
    {
        if (index >= text.Length)
        {
            return "the end of the file";
        }

        var c = text[index];
        return c is '\n' or '\r' ? "the end of the line"
            : c == '\'' ? "\"'\""
            : c is < ' ' or > '~' ? $"U+{(char.IsHighSurrogate(c) && index + 1 < text.Length ? char.ConvertToUtf32(text, index) : c):X4}"
            : $"'{c}'";
    }
}
