using System.Globalization;
using System.Text.RegularExpressions;

namespace Oxcaching.Configuration.Toml;

/// <summary>Recognises integers and floats.</summary>
internal static partial class TomlNumbers
{
    private const string DecimalPattern = @"\A[+-]?(0|[1-9](_?[0-9])*)\z";
    private const string PrefixedPattern = @"\A(0x[0-9A-Fa-f](_?[0-9A-Fa-f])*|0o[0-7](_?[0-7])*|0b[01](_?[01])*)\z";
    private const string FloatPattern = @"\A[+-]?(inf|nan|(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?)\z";

    public static bool IsInteger(string token) => Decimal().IsMatch(token) || Prefixed().IsMatch(token);

    public static bool IsFloat(string token) => Float().IsMatch(token);

    /// <summary>The value of a token that <see cref="IsInteger"/>; false when it needs more than 64 bits.</summary>
    public static bool TryParseInteger(string token, out long value)
    {
        var digits = token.Replace("_", "");
        if (!Prefixed().IsMatch(token))
        {
            return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        }

        var bitsPerDigit = digits[1] switch { 'x' => 4, 'o' => 3, _ => 1 };
        value = 0;
        foreach (var digit in digits.Skip(2))
        {
            if (value > long.MaxValue >> bitsPerDigit)
            {
                return false;
            }

            value = (value << bitsPerDigit) | (uint)Convert.ToInt32(digit.ToString(), 16);
        }

        return true;
    }

    /// <summary>The value of a token that <see cref="IsFloat"/>; beyond the range of a double it is an infinity.</summary>
    public static double ParseFloat(string token) => token.TrimStart('+', '-') switch
    {
        "inf" => token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
        "nan" => double.NaN,
        _ => double.Parse(token.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(DecimalPattern)]
    private static partial Regex Decimal();

    [GeneratedRegex(PrefixedPattern)]
    private static partial Regex Prefixed();

    [GeneratedRegex(FloatPattern)]
    private static partial Regex Float();
}
