using System.Globalization;
using System.Text.RegularExpressions;

namespace Oxcaching.Configuration.Toml;

/// <summary>Recognises dates and times (RFC 3339) and checks them against the calendar and the clock.</summary>
internal static partial class TomlDateTimes
{
    private const string DatePattern = "(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})";
    private const string TimePattern = @"(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]+))?";
    private const string OffsetPattern = "(?<offset>[Zz]|(?<sign>[+-])(?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))";

    /// <summary>Whether it was meant as a date or a time, right or wrong.</summary>
    private const string BeginningPattern = @"\A([0-9]{4}-|[0-9]{2}:)";
    private const string WholePattern = $@"\A({DatePattern}([Tt ]{TimePattern}{OffsetPattern}?)?|{TimePattern})\z";

    public static bool LooksLikeOne(string token) => Beginning().IsMatch(token);

    public static bool IsDate(string token) =>
        DateOnly.TryParseExact(token, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static TomlDateTime? Parse(string token, TomlPosition position)
    {
        var match = Whole().Match(token);
        if (!match.Success)
        {
            return null;
        }

        DateOnly? date = null;
        TimeOnly? time = null;
        TimeSpan? offset = null;
        if (match.Groups["year"].Success && (date = Date(match)) is null)
        {
            return null;
        }

        if (match.Groups["hour"].Success && (time = Time(match)) is null)
        {
            return null;
        }

        if (match.Groups["offset"].Success && (offset = Offset(match)) is null)
        {
            return null;
        }

        return new TomlDateTime(date, time, offset, position);
    }

    private static DateOnly? Date(Match match)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;
    }

    private static TimeOnly? Time(Match match)
    {
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        return hour < 24 && minute < 60 && second < 60
            ? new TimeOnly(hour, minute, second).Add(new TimeSpan(FractionTicks(match.Groups["fraction"].Value)))
            : null;
    }

    private static TimeSpan? Offset(Match match)
    {
        if (!match.Groups["sign"].Success)
        {
            return TimeSpan.Zero;
        }

        var (hour, minute) = (Number(match, "offsetHour"), Number(match, "offsetMinute"));
        if (hour > 23 || minute > 59)
        {
            return null;
        }

        var offset = new TimeSpan(hour, minute, 0);
        return match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    /// <summary>Beyond seven digits the rest is cut off, not rounded, as the specification wants it.</summary>
    private static long FractionTicks(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0').Substring(0, 7), NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Number(Match match, string group) =>
        int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(BeginningPattern)]
    private static partial Regex Beginning();

    [GeneratedRegex(WholePattern, RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
