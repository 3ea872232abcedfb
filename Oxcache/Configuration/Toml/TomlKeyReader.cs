namespace Oxcaching.Configuration.Toml;

/// <summary>Reads keys: bare, quoted, dotted.</summary>
internal sealed class TomlKeyReader(TomlCursor cursor, TomlStringReader strings)
{
    /// <summary>Reads a dotted key of at least one part, and the blanks around its parts.</summary>
    public IReadOnlyList<TomlKey> Read()
    {
        var parts = new List<TomlKey>();
        do
        {
            cursor.SkipBlanks();
            parts.Add(ReadPart());
            cursor.SkipBlanks();
            TomlDepth.Check(parts.Count, cursor);
        }
        while (cursor.TryTake("."));
        return parts;
    }

    private TomlKey ReadPart()
    {
        var position = cursor.Position;
        if (strings.AtString)
        {
            return new TomlKey(strings.ReadSingleLine(), position);
        }

        var name = cursor.TakeWhile(TomlKey.IsBare);
        return name.Length > 0 ? new TomlKey(name, position) : throw cursor.Unexpected("a key");
    }
}
