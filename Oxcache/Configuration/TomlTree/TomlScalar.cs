namespace Oxcaching.Configuration.TomlTree;

/// <summary>A single value: a string, an integer, a boolean, a float, a date or a time.</summary>
internal sealed class TomlScalar<T>(T value, string kind, TomlPosition position) : TomlValue(position)
{
    public T Value { get; } = value;

    public override string Kind => kind;
}
