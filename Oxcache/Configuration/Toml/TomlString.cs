namespace Oxcaching.Configuration.Toml;

/// <summary>A string of any of the four notations.</summary>
internal sealed class TomlString(string value, TomlPosition position) : TomlValue(position)
{
    public string Value { get; } = value;

    public override string Kind => "a string";
}
