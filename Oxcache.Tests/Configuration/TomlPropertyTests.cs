using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Tests.Configuration;

/// <summary>Whatever the input, the answer is a table or errors of our own.</summary>
public sealed class TomlPropertyTests
{
    /// <summary>Pieces of the language, so that random text gets past the first character.</summary>
    private static readonly string[] Pieces =
    [
        "a", "b", "\"q\"", "'l'", ".", " = ", "=", "[", "]", "[[", "]]", "{", "}", ",", "\n", "\r\n", "\r", "#", " ", "\t", "1", "-", "+", "_", "0x", "0b1",
        "1.5", "e9", "inf", "nan", "true", "false", "1979-05-27", "T", "07:32:00", "Z", "+01:00", ".999", "\"\"\"", "'''", "\\", "\\u00e9", "\\U0010FFFF", "\"", "'",
        "ä", "😀", "\u0000", "\u007f", "\ufeff",
    ];

    [Fact]
    public void Random_bytes_never_make_it_throw_anything_else() =>
        Prop.ForAll<byte[]>(bytes => Answers(bytes ?? [])).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_text_never_makes_it_throw_anything_else() =>
        Prop.ForAll<string>(text => Answers(Encoding.UTF8.GetBytes(text ?? ""))).QuickCheckThrowOnFailure();

    [Fact]
    public void Random_pieces_of_the_language_never_make_it_throw_anything_else()
    {
        var texts = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(texts, text => Answers(Encoding.UTF8.GetBytes(text))));
    }

    private static bool Answers(byte[] bytes)
    {
        try
        {
            return TomlDocument.Read(bytes) is not null;
        }
        catch (TomlSyntaxException e)
        {
            return e.Errors.Count > 0 && e.Errors.All(one => one.Position is { Line: >= 1, Column: >= 1 } && one.Message.Length > 0);
        }
    }
}
