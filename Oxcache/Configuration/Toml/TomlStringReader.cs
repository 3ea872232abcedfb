using System.Text;

namespace Oxcaching.Configuration.Toml;

/// <summary>Reads the four notations of strings.</summary>
internal sealed class TomlStringReader(TomlCursor cursor)
{
    private const string BasicFence = "\"\"\"";
    private const string LiteralFence = "'''";

    public bool AtString => cursor.Current is '"' or '\'';

    public string Read()
    {
        if (cursor.TryTake(BasicFence))
        {
            return ReadMultiLine('"', BasicFence);
        }

        if (cursor.TryTake(LiteralFence))
        {
            return ReadMultiLine('\'', LiteralFence);
        }

        return ReadSingleLine();
    }

    /// <summary>A string on one line: the only notation that a key may have.</summary>
    public string ReadSingleLine()
    {
        var quote = (char)cursor.Current;
        cursor.Advance();
        var text = new StringBuilder();
        while (cursor.Current != quote)
        {
            if (cursor.Current == TomlCursor.End || cursor.AtNewline)
            {
                throw cursor.Unexpected($"the closing {quote} of the string");
            }

            TakeCharacter(text, escapes: quote == '"');
        }

        cursor.Advance();
        return text.ToString();
    }

    private string ReadMultiLine(char quote, string fence)
    {
        var text = new StringBuilder();
        cursor.TryTakeNewline();
        while (!cursor.StartsWith(fence))
        {
            if (cursor.Current == TomlCursor.End)
            {
                throw cursor.Unexpected($"the closing {fence} of the string");
            }

            if (cursor.AtNewline)
            {
                TakeNewline(text);
            }
            else if (quote == '"' && TrySkipContinuation())
            {
                continue;
            }
            else
            {
                TakeCharacter(text, escapes: quote == '"');
            }
        }

        cursor.Advance(fence.Length);
        for (var extra = 0; extra < 2 && cursor.Current == quote; extra++)
        {
            text.Append(quote);
            cursor.Advance();
        }

        return text.ToString();
    }

    private void TakeNewline(StringBuilder text)
    {
        if (cursor.Current == '\r')
        {
            text.Append('\r');
        }

        cursor.TryTakeNewline();
        text.Append('\n');
    }

    /// <summary>A backslash at the end of a line swallows the line's end and the white space after it.</summary>
    private bool TrySkipContinuation()
    {
        if (cursor.Current != '\\')
        {
            return false;
        }

        var ahead = 1;
        while (cursor.Ahead(ahead) is ' ' or '\t')
        {
            ahead++;
        }

        if (cursor.Ahead(ahead) != '\n' && (cursor.Ahead(ahead) != '\r' || cursor.Ahead(ahead + 1) != '\n'))
        {
            return false;
        }

        cursor.Advance(ahead);
        while (cursor.TryTakeNewline())
        {
            cursor.SkipBlanks();
        }

        return true;
    }

    private void TakeCharacter(StringBuilder text, bool escapes)
    {
        if (escapes && cursor.Current == '\\')
        {
            TakeEscape(text);
            return;
        }

        if (TomlCursor.IsControl(cursor.Current))
        {
            throw cursor.Error($"U+{cursor.Current:X4} in a string, of control characters only the tab is allowed unescaped");
        }

        text.Append((char)cursor.Current);
        cursor.Advance();
    }

    private void TakeEscape(StringBuilder text)
    {
        switch (cursor.Ahead(1))
        {
            case 'u':
                TakeCodePoint(text, digits: 4);
                return;
            case 'U':
                TakeCodePoint(text, digits: 8);
                return;
        }

        text.Append(cursor.Ahead(1) switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            '"' => '"',
            '\\' => '\\',
            _ => throw cursor.Error(@"unknown escape, \b \t \n \f \r \"" \\ \uXXXX and \UXXXXXXXX are allowed"),
        });
        cursor.Advance(2);
    }

    private void TakeCodePoint(StringBuilder text, int digits)
    {
        var value = 0u;
        for (var i = 0; i < digits; i++)
        {
            var c = cursor.Ahead(2 + i);
            var isDigit = c != TomlCursor.End && char.IsAsciiHexDigit((char)c);
            if (!isDigit)
            {
                throw cursor.Error($"unfinished escape, {digits} hexadecimal digits expected");
            }

            value = (value << 4) | Convert.ToUInt32(((char)c).ToString(), 16);
        }

        text.Append(value is < 0xD800 or (> 0xDFFF and <= 0x10FFFF)
            ? char.ConvertFromUtf32((int)value)
            : throw cursor.Error("escape of no Unicode character, 0 … D7FF and E000 … 10FFFF are allowed"));
        cursor.Advance(2 + digits);
    }
}
