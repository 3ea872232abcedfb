namespace Oxcaching.Configuration.TomlTree;

/// <summary>A value of a TOML document.</summary>
internal abstract class TomlValue(TomlPosition position)
{
    public TomlPosition Position { get; } = position;

    /// <summary>What it is, for an error message: "an integer".</summary>
    public abstract string Kind { get; }
}
