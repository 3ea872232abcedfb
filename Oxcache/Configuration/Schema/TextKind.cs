using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>A string.</summary>
/// <param name="check">What is wrong with it, without showing it; null: nothing.</param>
internal sealed class TextKind(Func<string, string?>? check = null) : SettingKind
{
    protected override string Expected => "a string";

    public static string? NotEmpty(string text) => text.Length > 0 ? null : "is empty, at least one character expected";

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlScalar<string> text ? check?.Invoke(text.Value) : WrongType(value, concealed);
        return (value as TomlScalar<string>)?.Value;
    }

    public override string? Check(object value, bool concealed) => check?.Invoke((string)value);

    protected override TomlValue FromText(TomlScalar<string> text) => text;
}
