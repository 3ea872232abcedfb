using System.Globalization;

namespace Oxcaching.Tests.History;

/// <summary>A cached value: which version of the register it shows, and which body or set made it.</summary>
internal readonly record struct Stamp(string Key, long Version, long Maker)
{
    /// <exception cref="FormatException">No body and no set makes such a value.</exception>
    public static Stamp Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3
            ? new(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture))
            : throw new FormatException($"'{text}' is not a value that was cached here.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Key}/{Version}/{Maker}");
}
