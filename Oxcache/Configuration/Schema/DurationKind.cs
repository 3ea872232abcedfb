using System.Globalization;
using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>A duration: an integer number of units in the file, a TimeSpan in code.</summary>
internal sealed class DurationKind(long min, long max, TimeSpan unit, string unitName) : SettingKind
{
    protected override string Expected => $"an integer, {Range}";

    private string Range => $"{min} … {max} {unitName}";

    public static DurationKind Seconds(long min, long max) => new(min, max, TimeSpan.FromSeconds(1), "seconds");

    public static DurationKind Milliseconds(long min, long max) => new(min, max, TimeSpan.FromMilliseconds(1), "milliseconds");

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        problem = value is TomlScalar<long> integer ? Check(integer.Value, concealed) : WrongType(value, concealed);
        return problem is null ? unit * ((TomlScalar<long>)value).Value : null;
    }

    public override string? Check(object value, bool concealed) => Check((decimal)((TimeSpan)value).Ticks / unit.Ticks, concealed);

    private string? Check(decimal units, bool concealed) => units >= min && units <= max
        ? null
        : OutOfRange(concealed ? null : units.ToString("0.#######", CultureInfo.InvariantCulture), Range);
}
