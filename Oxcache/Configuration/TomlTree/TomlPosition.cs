namespace Oxcaching.Configuration.TomlTree;

/// <summary>A place in a TOML file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters (code points), not bytes; a tab is one.</param>
internal readonly record struct TomlPosition(int Line, int Column) : IComparable<TomlPosition>
{
    // Without init accessors, which netstandard2.0 does not have.
    public int Line { get; } = Line;

    public int Column { get; } = Column;

    public static TomlPosition Start => new(1, 1);

    public int CompareTo(TomlPosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
}
