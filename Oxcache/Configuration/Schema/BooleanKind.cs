using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>true or false.</summary>
internal sealed class BooleanKind : SettingKind
{
    protected override string Expected => "true or false";

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlScalar<bool> ? null : WrongType(value, concealed);
        return (value as TomlScalar<bool>)?.Value;
    }

    public override string? Check(object value, bool concealed) => null;
}
