using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration.Schema;

/// <summary>true or false.</summary>
internal sealed class BooleanKind : SettingKind
{
    protected override string Expected => "true or false";

    public override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlBoolean ? null : WrongType(value);
        return (value as TomlBoolean)?.Value;
    }

    public override string? Check(object value, bool concealed) => null;
}
