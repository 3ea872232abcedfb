using System.Diagnostics.CodeAnalysis;

namespace Oxcaching.Configuration.Toml;

/// <summary>A table, with its keys in the order of the file.</summary>
internal sealed class TomlTable(TomlTableOrigin origin, TomlPosition position) : TomlValue(position)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<TomlKey, TomlValue>> _entries = [];

    public TomlTableOrigin Origin { get; private set; } = origin;

    public IReadOnlyList<KeyValuePair<TomlKey, TomlValue>> Entries => _entries;

    public override string Kind => "a table";

    public bool TryGet(string name, [NotNullWhen(true)] out TomlValue? value)
    {
        value = _index.TryGetValue(name, out var index) ? _entries[index].Value : null;
        return value is not null;
    }

    public TomlPosition PositionOf(string name) => _entries[_index[name]].Key.Position;

    public void Add(TomlKey key, TomlValue value)
    {
        _index.Add(key.Name, _entries.Count);
        _entries.Add(new(key, value));
    }

    /// <summary>An implicit table gets its definition.</summary>
    public void Define(TomlTableOrigin origin) => Origin = origin;
}
