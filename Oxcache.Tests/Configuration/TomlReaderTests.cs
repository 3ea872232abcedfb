using System.Text;
using Oxcaching.Configuration.Toml;

namespace Oxcaching.Tests.Configuration;

/// <summary>Positions, messages and limits of the TOML reader; the corpus tests hold it to the language itself.</summary>
public sealed class TomlReaderTests
{
    private const string AnyValue = "a value (a string in quotes, a number, true, false, a date, an array or a table) expected";

    [Fact]
    public void Every_key_and_value_knows_its_place()
    {
        var root = Read("\n[a . b]\n  c = 1\r\n\t'd'.e = [ 2,\n 3 ]\n\"ä😀\" = {x = 4}");
        var b = Table(Table(root, "a"), "b");
        var (c, d, last) = (b.Entries[0], b.Entries[1], b.Entries[2]);

        Assert.Equal(At(2, 2), root.Entries[0].Key.Position);
        Assert.Equal(At(2, 6), b.Position);
        Assert.Equal((At(3, 3), At(3, 7)), (c.Key.Position, c.Value.Position));
        Assert.Equal(At(4, 2), d.Key.Position);
        var e = Table(b, "d").Entries[0];
        Assert.Equal((At(4, 6), At(4, 10)), (e.Key.Position, e.Value.Position));
        Assert.Equal([At(4, 12), At(5, 2)], ((TomlArray)e.Value).Items.Select(i => i.Position));
        Assert.Equal((At(6, 1), At(6, 8)), (last.Key.Position, last.Value.Position));
        Assert.Equal(At(6, 13), ((TomlTable)last.Value).Entries[0].Value.Position);
    }

    [Theory]
    [InlineData("a = ", 1, 5, "found the end of the file, " + AnyValue)]
    [InlineData("a = \nb = 1", 1, 5, "found the end of the line, " + AnyValue)]
    [InlineData("a b = 1", 1, 3, "found 'b', '=' or '.' after the key expected")]
    [InlineData("a = 1 b = 2", 1, 7, "found 'b', the end of the line expected")]
    [InlineData("a = 1\na = 2", 2, 1, "'a' is already defined in line 1, once is allowed")]
    [InlineData("[a]\n[a]", 2, 2, "'a' is already defined in line 1, once is allowed")]
    [InlineData("a = {}\n[a.b]", 2, 2, "'a' is already defined in line 1 as a table that cannot be added to here")]
    [InlineData("a = 1\na.b = 2", 2, 1, "'a' is already defined in line 1 as an integer that cannot be added to here")]
    [InlineData("a = 'x", 1, 7, "found the end of the file, the closing ' of the string expected")]
    [InlineData("a = \"x\ny\"", 1, 7, "found the end of the line, the closing \" of the string expected")]
    [InlineData("a = '''x", 1, 9, "found the end of the file, the closing ''' of the string expected")]
    [InlineData("a = \"\\q\"", 1, 6, @"unknown escape, \b \t \n \f \r \"" \\ \uXXXX and \UXXXXXXXX are allowed")]
    [InlineData("a = \"\\u12\"", 1, 6, "unfinished escape, 4 hexadecimal digits expected")]
    [InlineData("a = \"\\uD800\"", 1, 6, "escape of no Unicode character, 0 … D7FF and E000 … 10FFFF are allowed")]
    [InlineData("a = '\u0001'", 1, 6, "U+0001 in a string, of control characters only the tab is allowed unescaped")]
    [InlineData("# \u0001", 1, 3, "U+0001 in a comment, of control characters only the tab is allowed")]
    [InlineData("a = 9223372036854775808", 1, 5, "the integer is too large, 64 bits with sign are allowed")]
    [InlineData("a = 0x8000000000000000", 1, 5, "the integer is too large, 64 bits with sign are allowed")]
    [InlineData("a = 2023-02-29", 1, 5, "not a date or time, YYYY-MM-DD, hh:mm:ss or both of the years 1 … 9999 expected")]
    [InlineData("a = 012", 1, 5, "not a value, " + AnyValue)]
    [InlineData("a = [1 2]", 1, 8, "found '2', ',' or ']' expected")]
    [InlineData("a = {b = 1\n}", 1, 11, "found the end of the line, ',' or '}' on the same line expected")]
    [InlineData("[a", 1, 3, "found the end of the file, '.' or ']' expected")]
    [InlineData("[[a]", 1, 4, "found ']', '.' or ']]' expected")]
    public void A_syntax_error_says_where_and_what(string text, int line, int column, string message)
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read(text));
        Assert.Equal((At(line, column), message), (error.Position, error.Message));
    }

    [Fact]
    public void A_column_counts_characters_not_bytes_or_code_units()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read("a = 'ä😀' x"));
        Assert.Equal(At(1, 10), error.Position);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_not_counted()
    {
        var root = TomlReader.Read([.. Encoding.UTF8.Preamble, .. "a = 1"u8]);
        Assert.Equal(At(1, 1), root.Entries[0].Key.Position);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_where_they_stand()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => TomlReader.Read([.. "a = 1\n#ä"u8, 0xFF]));
        Assert.Equal((At(2, 3), "a byte that is not UTF-8, only UTF-8 is allowed"), (error.Position, error.Message));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a=", "}")]
    [InlineData("[{a=", "}]")]
    public void Values_nested_far_too_deeply_are_refused(string open, string close)
    {
        var text = "a = " + string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));
        Assert.Equal("nested too deeply, at most 64 levels of tables and arrays are allowed", Assert.Throws<TomlSyntaxException>(() => Read(text)).Message);
    }

    [Fact]
    public void Arrays_may_nest_64_deep_but_not_65()
    {
        static string Nested(int depth) => "a = " + new string('[', depth) + new string(']', depth);
        Assert.NotNull(Read(Nested(64)));
        Assert.Equal(At(1, 69), Assert.Throws<TomlSyntaxException>(() => Read(Nested(65))).Position);
    }

    [Fact]
    public void Tables_may_nest_64_deep_but_not_65()
    {
        static string Header(int depth) => $"[{string.Join('.', Enumerable.Repeat("a", depth))}]";
        Assert.NotNull(Read(Header(64)));
        Assert.Throws<TomlSyntaxException>(() => Read(Header(65)));
        Assert.Throws<TomlSyntaxException>(() => Read(Header(64) + "\nb.c = 1"));
        Assert.Throws<TomlSyntaxException>(() => Read(Header(64) + "\nb = []"));
    }

    [Theory]
    [InlineData("1_", "0")]
    [InlineData("1_", "0.5")]
    [InlineData("1", "e5")]
    [InlineData("0x", "1")]
    [InlineData("1", "_")]
    [InlineData("a.", "b")]
    public async Task An_enormous_token_is_answered_at_once(string repeated, string end)
    {
        var text = "a = " + string.Concat(Enumerable.Repeat(repeated, 1_000_000 / repeated.Length)) + end;
        var error = await Task.Run(() => Record.Exception(() => Read(text))).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(error is null or TomlSyntaxException);
    }

    [Fact]
    public void A_fraction_of_a_second_is_cut_off_not_rounded() =>
        Assert.Equal(new TimeOnly(1, 2, 3).Add(TimeSpan.FromTicks(9999999)), ((TomlDateTime)Read("a = 01:02:03.99999999").Entries[0].Value).Time);

    private static TomlPosition At(int line, int column) => new(line, column);

    private static TomlTable Read(string text) => TomlReader.Read(Encoding.UTF8.GetBytes(text));

    private static TomlTable Table(TomlTable table, string name) => table.TryGet(name, out var value) ? (TomlTable)value : throw new KeyNotFoundException(name);
}
