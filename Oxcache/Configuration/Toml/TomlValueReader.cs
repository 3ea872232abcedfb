namespace Oxcaching.Configuration.Toml;

/// <summary>Reads values: scalars, arrays, inline tables.</summary>
internal sealed class TomlValueReader(TomlCursor cursor, TomlStringReader strings, TomlKeyReader keys)
{
    private const string ValueExpected = "a value (a string in quotes, a number, true, false, a date, an array or a table)";

    /// <param name="depth">The tables and arrays around the value.</param>
    public TomlValue Read(int depth)
    {
        var position = cursor.Position;
        if (strings.AtString)
        {
            return new TomlString(strings.Read(), position);
        }

        return cursor.Current switch
        {
            '[' => ReadArray(depth + 1),
            '{' => ReadInlineTable(depth + 1),
            _ => ReadBareValue(),
        };
    }

    private TomlArray ReadArray(int depth)
    {
        TomlDepth.Check(depth, cursor);
        var array = new TomlArray(ofTables: false, cursor.Position);
        cursor.Advance();
        cursor.SkipBlanksCommentsAndNewlines();
        while (!cursor.TryTake("]"))
        {
            array.Add(Read(depth));
            cursor.SkipBlanksCommentsAndNewlines();
            if (cursor.TryTake(","))
            {
                cursor.SkipBlanksCommentsAndNewlines();
            }
            else if (cursor.Current != ']')
            {
                throw cursor.Unexpected("',' or ']'");
            }
        }

        return array;
    }

    private TomlTable ReadInlineTable(int depth)
    {
        TomlDepth.Check(depth, cursor);
        var table = new TomlTable(TomlTableOrigin.Inline, cursor.Position);
        cursor.Advance();
        cursor.SkipBlanks();
        if (cursor.TryTake("}"))
        {
            return table;
        }

        do
        {
            ReadPair(table, depth);
            cursor.SkipBlanks();
        }
        while (cursor.TryTake(","));
        return cursor.TryTake("}") ? table : throw cursor.Unexpected("',' or '}' on the same line");
    }

    private void ReadPair(TomlTable table, int depth)
    {
        var key = keys.Read();
        var parent = TomlTables.DescendDotted(table, key);
        TakeEquals();
        TomlDepth.Check(depth + key.Count - 1, cursor);
        TomlTables.AddNew(parent, key[^1], Read(depth + key.Count - 1));
    }

    public void TakeEquals()
    {
        if (!cursor.TryTake("="))
        {
            throw cursor.Unexpected("'=' or '.' after the key");
        }

        cursor.SkipBlanks();
    }

    private TomlValue ReadBareValue()
    {
        var position = cursor.Position;
        var token = cursor.TakeWhile(IsBareValue);
        if (token.Length == 0)
        {
            throw cursor.Unexpected(ValueExpected);
        }

        if (token is "true" or "false")
        {
            return new TomlBoolean(token == "true", position);
        }

        if (TomlDateTimes.LooksLikeOne(token))
        {
            return ReadDateTime(token, position);
        }

        if (TomlNumbers.IsInteger(token))
        {
            return ReadInteger(token, position);
        }

        if (TomlNumbers.IsFloat(token))
        {
            return new TomlFloat(TomlNumbers.ParseFloat(token), position);
        }

        // The token itself may be a password that was meant to stand in quotes.
        throw new TomlSyntaxException(position, $"not a value, {ValueExpected} expected");
    }

    private static TomlInteger ReadInteger(string token, TomlPosition position) => TomlNumbers.TryParseInteger(token, out var value)
        ? new TomlInteger(value, position)
        : throw new TomlSyntaxException(position, "the integer is too large, 64 bits with sign are allowed");

    private TomlDateTime ReadDateTime(string token, TomlPosition position)
    {
        if (TomlDateTimes.IsDate(token) && cursor.Current == ' ' && char.IsAsciiDigit((char)Math.Max(0, cursor.Ahead(1))))
        {
            cursor.Advance();
            token += " " + cursor.TakeWhile(IsBareValue);
        }

        return TomlDateTimes.Parse(token, position)
            ?? throw new TomlSyntaxException(position, "not a date or time, YYYY-MM-DD, hh:mm:ss or both of the years 1 … 9999 expected");
    }

    private static bool IsBareValue(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' or '.' or ':';
}
