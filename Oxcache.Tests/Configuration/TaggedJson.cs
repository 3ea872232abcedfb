using System.Globalization;
using System.Text.Json;
using Oxcaching.Configuration.TomlTree;
using Tomlyn;

namespace Oxcaching.Tests.Configuration;

/// <summary>Compares a document with the JSON notation of toml-test, in which each scalar is {"type": …, "value": …}.</summary>
internal static class TaggedJson
{
    public static string? Difference(TomlValue actual, JsonElement expected, string path) => actual switch
    {
        TomlTable table => TableDifference(table, expected, path),
        TomlArray array => ArrayDifference(array, expected, path),
        _ => ScalarDifference(actual, expected, path),
    };

    private static string? TableDifference(TomlTable table, JsonElement expected, string path)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            return $"{path}: a table";
        }

        var names = expected.EnumerateObject().Select(p => p.Name).ToList();
        if (!names.Order().SequenceEqual(table.Entries.Select(e => e.Key.Name).Order()))
        {
            return $"{path}: other keys";
        }

        return table.Entries.Select(e => Difference(e.Value, expected.GetProperty(e.Key.Name), $"{path}/{e.Key.Name}")).FirstOrDefault(d => d is not null);
    }

    private static string? ArrayDifference(TomlArray array, JsonElement expected, string path)
    {
        if (expected.ValueKind != JsonValueKind.Array || expected.GetArrayLength() != array.Items.Count)
        {
            return $"{path}: an array of {array.Items.Count}";
        }

        return array.Items.Select((item, i) => Difference(item, expected[i], $"{path}/{i}")).FirstOrDefault(d => d is not null);
    }

    private static string? ScalarDifference(TomlValue actual, JsonElement expected, string path)
    {
        if (!expected.TryGetProperty("type", out var type))
        {
            return $"{path}: a scalar";
        }

        var value = expected.GetProperty("value").GetString()!;
        var equal = (type.GetString(), actual) switch
        {
            ("string", TomlScalar<string> s) => s.Value == value,
            ("integer", TomlScalar<long> i) => i.Value == long.Parse(value, CultureInfo.InvariantCulture),
            ("bool", TomlScalar<bool> b) => b.Value == bool.Parse(value),
            ("float", TomlScalar<double> f) => f.Value.Equals(Float(value)),
            ("datetime", TomlScalar<TomlDateTime> { Kind: "a date-time", Value.Kind: not TomlDateTimeKind.LocalDateTime } d) => IsSame(d, value),
            ("datetime-local", TomlScalar<TomlDateTime> { Kind: "a date-time", Value.Kind: TomlDateTimeKind.LocalDateTime } d) => IsSame(d, value),
            ("date-local", TomlScalar<TomlDateTime> { Kind: "a date" } d) => IsSame(d, value),
            ("time-local", TomlScalar<TomlDateTime> { Kind: "a time" } d) => IsSame(d, value),
            _ => false,
        };
        return equal ? null : $"{path}: {actual.Kind}, not {type} {value}";
    }

    private static double Float(string value) => value switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };

    private static bool IsSame(TomlScalar<TomlDateTime> actual, string expected) => Seconds(actual.Value.ToString()) == Seconds(expected);

    /// <summary>Without trailing zeros of the fraction: 0.600 and 0.6 are the same second.</summary>
    private static string Seconds(string value)
    {
        var point = value.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return value;
        }

        var end = point + 1;
        while (end < value.Length && char.IsAsciiDigit(value[end]))
        {
            end++;
        }

        return value[..end].TrimEnd('0').TrimEnd('.') + value[end..];
    }
}
