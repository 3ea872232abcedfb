using System.Globalization;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>An integer in a range; kept as an int where the property is one.</summary>
internal sealed class IntegerKind(long min, long max, string unit = "", bool isLong = false) : SettingKind
{
    protected override string Expected => $"an integer, {Range}";

    private string Range => $"{min} … {max}{unit}";

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlScalar<long> integer ? Check(integer.Value, concealed) : WrongType(value, concealed);
        if (problem is not null)
        {
            return null;
        }

        var number = ((TomlScalar<long>)value).Value;
        return isLong ? number : (object)(int)number;
    }

    public override string? Check(object value, bool concealed) => Check(isLong ? (long)value : (int)value, concealed);

    private string? Check(long value, bool concealed) => value >= min && value <= max
        ? null
        : OutOfRange(concealed ? null : value.ToString(CultureInfo.InvariantCulture), Range);
}
