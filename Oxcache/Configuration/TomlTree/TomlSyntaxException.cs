namespace Oxcaching.Configuration.TomlTree;

/// <summary>A file is not TOML, or over a limit.</summary>
/// <param name="errors">What is wrong, in the order of the file; at least one.</param>
internal sealed class TomlSyntaxException(IReadOnlyList<TomlError> errors) : Exception(errors[0].Message)
{
    public TomlSyntaxException(TomlPosition position, string message)
        : this([new TomlError(position, "", message)])
    {
    }

    public IReadOnlyList<TomlError> Errors { get; } = errors;
}
