namespace Oxcaching.Configuration.Toml;

/// <summary>The rules of what may be defined where, and only once.</summary>
internal static class TomlTables
{
    public static void AddNew(TomlTable table, TomlKey key, TomlValue value)
    {
        if (table.TryGet(key.Name, out _))
        {
            throw Duplicate(table, key);
        }

        table.Add(key, value);
    }

    /// <summary>The table that holds the last part of a dotted key, made as needed.</summary>
    public static TomlTable DescendDotted(TomlTable table, IReadOnlyList<TomlKey> key)
    {
        foreach (var part in key.Take(key.Count - 1))
        {
            table = DottedChild(table, part);
        }

        return table;
    }

    /// <summary>The table that a header <c>[a.b.c]</c> defines.</summary>
    public static TomlTable DefineTable(TomlTable root, IReadOnlyList<TomlKey> header)
    {
        var parent = DescendHeader(root, header);
        var key = header[^1];
        if (!parent.TryGet(key.Name, out var existing))
        {
            return AddTable(parent, key, TomlTableOrigin.Header);
        }

        if (existing is not TomlTable { Origin: TomlTableOrigin.Implicit } table)
        {
            throw Duplicate(parent, key);
        }

        table.Define(TomlTableOrigin.Header);
        return table;
    }

    /// <summary>The table that a header <c>[[a.b.c]]</c> appends.</summary>
    public static TomlTable AppendTable(TomlTable root, IReadOnlyList<TomlKey> header)
    {
        var parent = DescendHeader(root, header);
        var key = header[^1];
        if (!parent.TryGet(key.Name, out var existing))
        {
            existing = new TomlArray(ofTables: true, key.Position);
            parent.Add(key, existing);
        }

        if (existing is not TomlArray { OfTables: true } array)
        {
            throw Duplicate(parent, key);
        }

        var table = new TomlTable(TomlTableOrigin.Header, key.Position);
        array.Add(table);
        return table;
    }

    private static TomlTable DescendHeader(TomlTable table, IReadOnlyList<TomlKey> header)
    {
        foreach (var part in header.Take(header.Count - 1))
        {
            table = HeaderChild(table, part);
        }

        return table;
    }

    private static TomlTable HeaderChild(TomlTable table, TomlKey key)
    {
        if (!table.TryGet(key.Name, out var child))
        {
            return AddTable(table, key, TomlTableOrigin.Implicit);
        }

        return child switch
        {
            TomlTable { Origin: not TomlTableOrigin.Inline } found => found,
            TomlArray { OfTables: true } array => (TomlTable)array.Items[^1],
            _ => throw NotExtensible(table, key, child),
        };
    }

    private static TomlTable DottedChild(TomlTable table, TomlKey key)
    {
        if (!table.TryGet(key.Name, out var child))
        {
            return AddTable(table, key, TomlTableOrigin.Dotted);
        }

        if (child is not TomlTable { Origin: TomlTableOrigin.Dotted or TomlTableOrigin.Implicit } found)
        {
            throw NotExtensible(table, key, child);
        }

        found.Define(TomlTableOrigin.Dotted);
        return found;
    }

    private static TomlTable AddTable(TomlTable parent, TomlKey key, TomlTableOrigin origin)
    {
        var table = new TomlTable(origin, key.Position);
        parent.Add(key, table);
        return table;
    }

    private static TomlSyntaxException Duplicate(TomlTable table, TomlKey key) =>
        new(key.Position, $"'{TomlKey.Quote(key.Name)}' is already defined in line {table.PositionOf(key.Name).Line}, once is allowed");

    private static TomlSyntaxException NotExtensible(TomlTable table, TomlKey key, TomlValue child) => new(
        key.Position,
        $"'{TomlKey.Quote(key.Name)}' is already defined in line {table.PositionOf(key.Name).Line} as {child.Kind} that cannot be added to here");
}
