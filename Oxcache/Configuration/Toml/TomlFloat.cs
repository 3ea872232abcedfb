namespace Oxcaching.Configuration.Toml;

/// <summary>A float, including the infinities and nan.</summary>
internal sealed class TomlFloat(double value, TomlPosition position) : TomlValue(position)
{
    public double Value { get; } = value;

    public override string Kind => "a float";
}
