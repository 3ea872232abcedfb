using Tomlyn;
using Tomlyn.Syntax;

namespace Oxcaching.Configuration.TomlTree;

/// <summary>Turns Tomlyn's syntax, which is as the file is written, into the tables that it means.</summary>
internal static class TomlTreeBuilder
{
    /// <param name="document">Free of errors.</param>
    public static TomlTable Build(DocumentSyntax document)
    {
        var root = new TomlTable(TomlPosition.Start);
        AddPairs(root, document.KeyValues, depth: 0);
        foreach (var header in document.Tables)
        {
            var key = KeyOf(header.Name!);
            TomlDepth.Check(key.Count, key[key.Count - 1].Position);
            var table = header is TableArraySyntax ? Append(root, key) : Descend(root, key, key.Count);
            AddPairs(table, header.Items, key.Count);
        }

        return root;
    }

    /// <param name="table">What they belong to.</param>
    /// <param name="pairs">Keys and values.</param>
    /// <param name="depth">The tables and arrays around them.</param>
    private static void AddPairs(TomlTable table, IEnumerable<KeyValueSyntax> pairs, int depth)
    {
        foreach (var pair in pairs)
        {
            var key = KeyOf(pair.Key!);
            var last = key[key.Count - 1];
            TomlDepth.Check(depth + key.Count - 1, last.Position);
            var parent = Descend(table, key, key.Count - 1);
            if (parent.Find(last.Name) is not null)
            {
                throw Duplicate(parent, last);
            }

            parent.Add(last, ValueOf(pair.Value!, depth + key.Count - 1));
        }
    }

    private static TomlTable Append(TomlTable root, IReadOnlyList<TomlKey> key)
    {
        var parent = Descend(root, key, key.Count - 1);
        var last = key[key.Count - 1];
        if (parent.Find(last.Name) is not { } existing)
        {
            parent.Add(last, existing = new TomlArray(ofTables: true, last.Position));
        }

        var table = new TomlTable(last.Position);
        (existing as TomlArray ?? throw Duplicate(parent, last)).Add(table);
        return table;
    }

    /// <summary>Follows the first parts of a key, and makes the tables that are not there yet.</summary>
    private static TomlTable Descend(TomlTable table, IReadOnlyList<TomlKey> key, int count)
    {
        foreach (var part in key.Take(count))
        {
            var child = table.Find(part.Name);
            if (child is null)
            {
                table.Add(part, child = new TomlTable(part.Position));
            }

            table = child as TomlTable ?? LastOf(child) ?? throw Duplicate(table, part);
        }

        return table;
    }

    private static TomlTable? LastOf(TomlValue value) => value is TomlArray { OfTables: true } array ? (TomlTable)array.Items[array.Items.Count - 1] : null;

    private static List<TomlKey> KeyOf(KeySyntax key) => [PartOf(key.Key!), .. key.DotKeys.Select(dotted => PartOf(dotted.Key!))];

    private static TomlKey PartOf(BareKeyOrStringValueSyntax part) =>
        new(part is StringValueSyntax quoted ? quoted.Value! : ((BareKeySyntax)part).Key!.Text!, PositionOf(part));

    private static TomlValue ValueOf(ValueSyntax syntax, int depth)
    {
        var position = PositionOf(syntax);
        return syntax switch
        {
            StringValueSyntax text => new TomlScalar<string>(text.Value!, "a string", position),
            IntegerValueSyntax integer => IntegerOf(integer, position),
            BooleanValueSyntax boolean => new TomlScalar<bool>(boolean.Value, "a boolean", position),
            FloatValueSyntax number => new TomlScalar<double>(number.Value, "a float", position),
            DateTimeValueSyntax time => new TomlScalar<TomlDateTime>(time.Value, KindOf(time.Value.Kind), position),
            ArraySyntax array => ArrayOf(array, depth + 1),
            InlineTableSyntax table => TableOf(table, depth + 1),
            _ => throw new InvalidOperationException($"TOML has no {syntax.Kind}."),
        };
    }

    /// <summary>Tomlyn wraps what has no sign but all 64 bits.</summary>
    private static TomlScalar<long> IntegerOf(IntegerValueSyntax integer, TomlPosition position) =>
        integer.Value < 0 && integer.Token!.TokenKind != TokenKind.Integer
            ? throw new TomlSyntaxException(position, TomlErrors.TooLarge)
            : new TomlScalar<long>(integer.Value, "an integer", position);

    private static string KindOf(TomlDateTimeKind kind) => kind switch
    {
        TomlDateTimeKind.LocalDate => "a date",
        TomlDateTimeKind.LocalTime => "a time",
        _ => "a date-time",
    };

    private static TomlArray ArrayOf(ArraySyntax syntax, int depth)
    {
        TomlDepth.Check(depth, PositionOf(syntax));
        var array = new TomlArray(ofTables: false, PositionOf(syntax));
        foreach (var item in syntax.Items)
        {
            array.Add(ValueOf(item.Value!, depth));
        }

        return array;
    }

    private static TomlTable TableOf(InlineTableSyntax syntax, int depth)
    {
        TomlDepth.Check(depth, PositionOf(syntax));
        var table = new TomlTable(PositionOf(syntax));
        AddPairs(table, syntax.Items.Select(item => item.KeyValue!), depth);
        return table;
    }

    private static TomlPosition PositionOf(SyntaxNode node) => new(node.Span.Start.Line + 1, node.Span.Start.Column + 1);

    /// <summary>Tomlyn overlooks some, after dotted keys.</summary>
    private static TomlSyntaxException Duplicate(TomlTable table, TomlKey key) =>
        new(key.Position, TomlErrors.AlreadyDefined(TomlKey.Quote(key.Name), table.PositionOf(key.Name).Line));
}
