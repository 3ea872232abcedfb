using System.Text.RegularExpressions;

namespace Oxcaching.Configuration.Toml;

/// <summary>The half that the source generator writes in later frameworks.</summary>
internal static partial class TomlNumbers
{
    private static partial Regex Decimal() => new(DecimalPattern);

    private static partial Regex Prefixed() => new(PrefixedPattern);

    private static partial Regex Float() => new(FloatPattern);
}
