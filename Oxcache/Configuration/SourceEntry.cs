using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Where in the file a setting or a section was given.</summary>
/// <param name="Key">Where its name stands.</param>
/// <param name="At">Where its value stands.</param>
/// <param name="Value">What was bound, to notice when code has changed it since; null for a section.</param>
/// <param name="Concealed">Whether the value came from the environment and must not be shown.</param>
internal sealed record SourceEntry(TomlPosition Key, TomlPosition At, object? Value, bool Concealed)
{
    /// <summary>Without the value, which may be a password.</summary>
    public override string ToString() => $"({At.Line},{At.Column})";
}
