using System.Globalization;

namespace System;

/// <summary>As in later frameworks, as far as the TOML reader needs it.</summary>
internal readonly struct DateOnly
{
    private readonly DateTime _value;

    public DateOnly(int year, int month, int day) => _value = new DateTime(year, month, day);

    public static bool TryParseExact(string text, string format, CultureInfo culture, DateTimeStyles styles, out DateOnly date)
    {
        var parsed = DateTime.TryParseExact(text, format, culture, styles, out var value);
        date = new DateOnly(value.Year, value.Month, value.Day);
        return parsed;
    }

    public override string ToString() => _value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
