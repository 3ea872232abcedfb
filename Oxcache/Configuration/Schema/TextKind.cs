using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration.Schema;

/// <summary>A string.</summary>
/// <param name="check">What is wrong with it, without showing it; null: nothing.</param>
internal sealed class TextKind(Func<string, string?>? check = null) : SettingKind
{
    protected override string Expected => "a string";

    public static string? NotEmpty(string text) => text.Length > 0 ? null : "is empty, at least one character expected";

    public override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlString text ? check?.Invoke(text.Value) : WrongType(value);
        return (value as TomlString)?.Value;
    }

    public override string? Check(object value, bool concealed) => check?.Invoke((string)value);
}
