namespace Oxcaching.Configuration.Toml;

/// <summary>true or false.</summary>
internal sealed class TomlBoolean(bool value, TomlPosition position) : TomlValue(position)
{
    public bool Value { get; } = value;

    public override string Kind => "a boolean";
}
