namespace Oxcaching.Configuration.Toml;

/// <summary>An integer of any base; 64 bits, signed.</summary>
internal sealed class TomlInteger(long value, TomlPosition position) : TomlValue(position)
{
    public long Value { get; } = value;

    public override string Kind => "an integer";
}
