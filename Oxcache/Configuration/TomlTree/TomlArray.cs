namespace Oxcaching.Configuration.TomlTree;

/// <summary>An array: written in place, or grown table by table by <c>[[name]]</c>.</summary>
internal sealed class TomlArray(bool ofTables, TomlPosition position) : TomlValue(position)
{
    private readonly List<TomlValue> _items = [];

    /// <summary>Whether <c>[[name]]</c> made it, so that another <c>[[name]]</c> may append.</summary>
    public bool OfTables { get; } = ofTables;

    public IReadOnlyList<TomlValue> Items => _items;

    public override string Kind => OfTables ? "an array of tables" : "an array";

    public void Add(TomlValue item) => _items.Add(item);
}
