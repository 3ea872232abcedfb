namespace Oxcaching.Configuration.Schema;

/// <summary>A table of the file: its keys, and the tables in it.</summary>
/// <param name="name">The table's name.</param>
/// <param name="defaults">Options that nobody has changed.</param>
/// <param name="settings">The keys in it.</param>
/// <param name="parts">The tables in it, and how to get from this one's options to theirs.</param>
internal sealed class Section(
    string name, object defaults, IReadOnlyList<Setting> settings, params (Section Section, Func<object, object> Of)[] parts)
{
    public string Name { get; } = name;

    public IReadOnlyList<Setting> Settings { get; } = settings;

    /// <summary>The sections inside, and how to get from this one's options to theirs.</summary>
    public IReadOnlyList<(Section Section, Func<object, object> Of)> Parts { get; } = parts;

    public IEnumerable<string> Names => Settings.Select(s => s.Name).Concat(Parts.Select(p => p.Section.Name));

    public object? DefaultOf(Setting setting) => setting.Get(defaults);
}
