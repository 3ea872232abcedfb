using System.Text.RegularExpressions;

namespace Oxcaching.Configuration.Toml;

/// <summary>The half that the source generator writes in later frameworks.</summary>
internal static partial class TomlDateTimes
{
    private static partial Regex Beginning() => new(BeginningPattern);

    private static partial Regex Whole() => new(WholePattern, RegexOptions.ExplicitCapture);
}
