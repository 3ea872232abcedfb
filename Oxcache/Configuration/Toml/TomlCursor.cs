namespace Oxcaching.Configuration.Toml;

/// <summary>Walks the text and knows where it is.</summary>
internal sealed class TomlCursor(string text)
{
    public const int End = -1;

    private int _index;
    private int _line = 1;
    private int _column = 1;

    public TomlPosition Position => new(_line, _column);

    public int Current => Ahead(0);

    public bool AtNewline => Current == '\n' || (Current == '\r' && Ahead(1) == '\n');

    public int Ahead(int count) => _index + count < text.Length ? text[_index + count] : End;

    public void Advance(int count = 1)
    {
        for (; count > 0; count--)
        {
            Step();
        }
    }

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _index, expected, 0, expected.Length) == 0;

    public bool TryTake(string expected)
    {
        if (!StartsWith(expected))
        {
            return false;
        }

        Advance(expected.Length);
        return true;
    }

    public bool TryTakeNewline() => TryTake("\n") || TryTake("\r\n");

    public string TakeWhile(Func<char, bool> belongs)
    {
        var start = _index;
        while (_index < text.Length && belongs(text[_index]))
        {
            Step();
        }

        return text[start.._index];
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Step();
        }
    }

    /// <summary>Skips what may stand between the values of an array, or between two statements.</summary>
    public void SkipBlanksCommentsAndNewlines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TryTakeNewline());
    }

    public void SkipComment()
    {
        if (Current != '#')
        {
            return;
        }

        while (Current != End && !AtNewline)
        {
            if (IsControl(Current))
            {
                throw Error($"{Describe(Current)} in a comment, of control characters only the tab is allowed");
            }

            Step();
        }
    }

    public TomlSyntaxException Error(string message) => new(Position, message);

    public TomlSyntaxException Unexpected(string allowed) => Error($"found {Describe(Current)}, {allowed} expected");

    public static bool IsControl(int c) => c is (>= 0 and < ' ' and not '\t') or 0x7F;

    public static string Describe(int c) => c switch
    {
        End => "the end of the file",
        '\n' or '\r' => "the end of the line",
        '\'' => "\"'\"",
        _ when char.IsControl((char)c) || char.IsSurrogate((char)c) || c > 0x7E => $"U+{c:X4}",
        _ => $"'{(char)c}'",
    };

    private void Step()
    {
        var c = text[_index++];
        if (c == '\n')
        {
            _line++;
            _column = 1;
        }
        else if (!char.IsLowSurrogate(c))
        {
            _column++;
        }
    }
}
