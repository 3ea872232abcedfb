namespace Oxcaching.Configuration.Toml;

/// <summary>A place in a TOML file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters (code points), not bytes.</param>
internal readonly record struct TomlPosition(int Line, int Column) : IComparable<TomlPosition>
{
    public static TomlPosition Start => new(1, 1);

    public int CompareTo(TomlPosition other) => Line != other.Line ? Line.CompareTo(other.Line) : Column.CompareTo(other.Column);
}
