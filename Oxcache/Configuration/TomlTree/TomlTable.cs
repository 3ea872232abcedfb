namespace Oxcaching.Configuration.TomlTree;

/// <summary>A table, with its keys in the order of the file.</summary>
internal sealed class TomlTable(TomlPosition position) : TomlValue(position)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<TomlKey, TomlValue>> _entries = [];

    public IReadOnlyList<KeyValuePair<TomlKey, TomlValue>> Entries => _entries;

    public override string Kind => "a table";

    public TomlValue? Find(string name) => _index.TryGetValue(name, out var index) ? _entries[index].Value : null;

    public TomlPosition PositionOf(string name) => _entries[_index[name]].Key.Position;

    public void Add(TomlKey key, TomlValue value)
    {
        _index.Add(key.Name, _entries.Count);
        _entries.Add(new(key, value));
    }
}
