using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration.Schema;

/// <summary>An integer in a range; kept as an int where the property is one.</summary>
internal sealed class IntegerKind(long min, long max, string unit = "", bool isLong = false) : SettingKind
{
    protected override string Expected => $"an integer, {Range}";

    private string Range => $"{min} … {max}{unit}";

    public override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlInteger integer ? Check(integer.Value) : WrongType(value);
        if (problem is not null)
        {
            return null;
        }

        var number = ((TomlInteger)value).Value;
        return isLong ? number : (object)(int)number;
    }

    public override string? Check(object value, bool concealed) => Check(isLong ? (long)value : (int)value);

    private string? Check(long value) => value >= min && value <= max ? null : $"{value} is out of range, {Range} allowed";
}
