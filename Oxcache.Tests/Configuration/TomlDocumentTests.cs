using System.Text;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Tests.Configuration;

/// <summary>Positions, messages and limits of what is read from a file; the corpus tests hold it to the language itself.</summary>
public sealed class TomlDocumentTests
{
    private const string AnyValue = "a value (a string in quotes, a number, true, false, a date, an array or a table) expected";
    private const string NotANumber = "not a number, such as 7, 1_000, 0xFF, -0.5 or 1e6";

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
    [InlineData("[a]\n[a]", 2, 1, "'a' is already defined in line 1, once is allowed")]
    [InlineData("a = {}\n[a.b]", 2, 2, "'a' is already defined in line 1, once is allowed")]
    [InlineData("a = 1\na.b = 2", 2, 1, "'a' is already defined in line 1, once is allowed")]
    [InlineData("a = {b.c = 1, b.c = 2}", 1, 15, "'a.b.c' is already defined in line 1, once is allowed")]
    [InlineData("[a]\nb.c = 1\nd = 2\n[a.b]\nc = 3", 5, 1, "'c' is already defined in line 2, once is allowed")]
    [InlineData("a = 'x", 1, 6, "the closing quote of the string is missing")]
    [InlineData("a = \"x\\", 1, 8, "the closing quote of the string is missing")]
    [InlineData("a = \"x\ny\"", 1, 7, "found the end of the line, the closing quote of the string expected")]
    [InlineData("a = '''x", 1, 8, "the closing quote of the string is missing")]
    [InlineData("a = \"\\q\"", 1, 7, @"unknown escape, \b \t \n \f \r \e \"" \\ \xHH \uXXXX and \UXXXXXXXX are allowed")]
    [InlineData("a = \"\\u12\"", 1, 10, @"unknown escape, \b \t \n \f \r \e \"" \\ \xHH \uXXXX and \UXXXXXXXX are allowed")]
    [InlineData("a = \"\\uD800\"", 1, 7, "escape of no Unicode character, 0 … D7FF and E000 … 10FFFF are allowed")]
    [InlineData("a = '\u0001'", 1, 5, "a control character, of which only the tab is allowed here")]
    [InlineData("# \u0001", 1, 3, "a control character, of which only the tab is allowed here")]
    [InlineData("a = 9223372036854775808", 1, 5, "the integer is too large, 64 bits with sign are allowed")]
    [InlineData("a = 0x8000000000000000", 1, 5, "the integer is too large, 64 bits with sign are allowed")]
    [InlineData("a = 2023-02-29", 1, 5, "not a date or time, YYYY-MM-DD, hh:mm:ss or both of the years 1 … 9999 expected")]
    [InlineData("a = 012", 1, 5, NotANumber)]
    [InlineData("a = 1__0", 1, 7, NotANumber)]
    [InlineData("a = 0Xff", 1, 6, NotANumber)]
    [InlineData("a = hunter2", 1, 5, "not a value, " + AnyValue)]
    [InlineData("a = \uFFFD", 1, 5, "not a value, " + AnyValue)]
    [InlineData("a = 1\rb = 2", 1, 6, "a carriage return without a line feed, \\n or \\r\\n ends a line")]
    [InlineData("a = [1 2]", 1, 8, "found '2', ',' or ']' expected")]
    [InlineData("a = {b = 1 c = 2}", 1, 12, "found 'c', a key, ',' or '}' expected")]
    [InlineData("a = [1", 1, 7, "found the end of the file, ',' or ']' expected")]
    [InlineData("a.", 1, 3, "found the end of the file, a key expected")]
    [InlineData("= 1", 1, 1, "found '=', a key expected")]
    [InlineData("[a", 1, 3, "found the end of the file, '.' or ']' expected")]
    [InlineData("[[a]", 1, 4, "found ']', '.' or ']]' expected")]
    public void A_syntax_error_says_where_and_what(string text, int line, int column, string message)
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read(text)).Errors[0];
        Assert.Equal((At(line, column), message), (error.Position, error.Message));
    }

    [Fact]
    public void Every_line_that_is_not_TOML_is_told_of_once()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read("a = 1 b = 2\n[t]\nc = l1\n\nd = 2\ne = [1 2]\nf = [\n\n"));
        Assert.Equal(
        [
            (At(1, 7), "a", "found 'b', the end of the line expected"),
            (At(3, 5), "t", "not a value, " + AnyValue),
            (At(6, 8), "t", "found '2', ',' or ']' expected"),
            (At(9, 1), "t", "found the end of the file, " + AnyValue),
        ], error.Errors.Select(one => (one.Position, one.Path, one.Message)));
    }

    [Fact]
    public void At_most_20_errors_are_told() =>
        Assert.Equal(20, Assert.Throws<TomlSyntaxException>(() => Read(string.Concat(Enumerable.Repeat("a = x\n", 1000)))).Errors.Count);

    [Fact]
    public void A_key_that_is_defined_twice_is_told_by_its_whole_path()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read("[a.b]\nc = 'hunter2'\n[d]\n[a.'b']\nc = 2"));
        Assert.Equal(
        [
            (At(4, 1), "a.b", "'a.b' is already defined in line 1, once is allowed"),
            (At(5, 1), "a.b.c", "'a.b.c' is already defined in line 2, once is allowed"),
        ], error.Errors.Select(one => (one.Position, one.Path, one.Message)));
    }

    [Fact]
    public void A_column_counts_characters_not_bytes_code_units_or_the_width_of_a_tab()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => Read("a = 'ä😀'\tx")).Errors[0];
        Assert.Equal(At(1, 10), error.Position);
    }

    [Fact]
    public void A_byte_order_mark_is_skipped_and_not_counted()
    {
        var root = TomlDocument.Read([.. Encoding.UTF8.Preamble, .. "a = 1"u8]);
        Assert.Equal(At(1, 1), root.Entries[0].Key.Position);
    }

    [Fact]
    public void A_second_byte_order_mark_is_refused()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => TomlDocument.Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.Preamble, .. "a = 1"u8]));
        Assert.Equal("a second byte order mark, one is allowed", error.Message);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_where_they_stand()
    {
        var error = Assert.Throws<TomlSyntaxException>(() => TomlDocument.Read([.. "a = 1\n#ä"u8, 0xFF])).Errors[0];
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
        Assert.Equal(At(1, 69), Assert.Throws<TomlSyntaxException>(() => Read(Nested(65))).Errors[0].Position);
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

    private static TomlPosition At(int line, int column) => new(line, column);

    private static TomlTable Read(string text) => TomlDocument.Read(Encoding.UTF8.GetBytes(text));

    private static TomlTable Table(TomlTable table, string name) => (TomlTable)table.Find(name)!;
}
