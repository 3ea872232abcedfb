namespace Oxcaching.Configuration.Toml;

/// <summary>Reads a TOML 1.0.0 document, all of it, and keeps where everything stood.</summary>
internal sealed class TomlReader
{
    private readonly TomlCursor _cursor;
    private readonly TomlKeyReader _keys;
    private readonly TomlValueReader _values;
    private readonly TomlTable _root = new(TomlTableOrigin.Header, TomlPosition.Start);
    private TomlTable _table;
    private int _depth;
    private string _header = "";
    private string _statement = "";

    private TomlReader(string text)
    {
        _cursor = new TomlCursor(text);
        var strings = new TomlStringReader(_cursor);
        _keys = new TomlKeyReader(_cursor, strings);
        _values = new TomlValueReader(_cursor, strings, _keys);
        _table = _root;
    }

    /// <exception cref="TomlSyntaxException">It is not TOML, or over a limit. Nothing else is thrown.</exception>
    public static TomlTable Read(byte[] bytes) => new TomlReader(TomlText.Decode(bytes)).ReadDocument();

    private TomlTable ReadDocument()
    {
        try
        {
            _cursor.SkipBlanksCommentsAndNewlines();
            while (_cursor.Current != TomlCursor.End)
            {
                ReadStatement();
            }

            return _root;
        }
        catch (TomlSyntaxException e)
        {
            throw new TomlSyntaxException(e.Position, e.Message, _statement);
        }
    }

    private void ReadStatement()
    {
        _statement = _header;
        if (_cursor.TryTake("[["))
        {
            ReadHeader("]]", TomlTables.AppendTable);
        }
        else if (_cursor.TryTake("["))
        {
            ReadHeader("]", TomlTables.DefineTable);
        }
        else
        {
            ReadPair();
        }

        _cursor.SkipBlanks();
        _cursor.SkipComment();
        if (_cursor.Current != TomlCursor.End && !_cursor.TryTakeNewline())
        {
            throw _cursor.Unexpected("the end of the line");
        }

        _cursor.SkipBlanksCommentsAndNewlines();
    }

    private void ReadHeader(string close, Func<TomlTable, IReadOnlyList<TomlKey>, TomlTable> define)
    {
        var key = _keys.Read();
        if (!_cursor.TryTake(close))
        {
            throw _cursor.Unexpected($"'.' or '{close}'");
        }

        _statement = _header = Path("", key);
        _table = define(_root, key);
        _depth = key.Count;
    }

    private void ReadPair()
    {
        var key = _keys.Read();
        _statement = Path(_header, key);
        _values.TakeEquals();
        var depth = _depth + key.Count - 1;
        TomlDepth.Check(depth, _cursor);
        var parent = TomlTables.DescendDotted(_table, key);
        TomlTables.AddNew(parent, key[^1], _values.Read(depth));
    }

    private static string Path(string table, IEnumerable<TomlKey> key) => key.Aggregate(table, (path, part) => TomlKey.Join(path, part.Name));
}
