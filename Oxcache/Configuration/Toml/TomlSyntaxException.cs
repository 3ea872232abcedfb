namespace Oxcaching.Configuration.Toml;

/// <summary>The first thing in a file that is not TOML. Its message never holds more of the file than one character or a key.</summary>
internal sealed class TomlSyntaxException(TomlPosition position, string message, string path = "") : Exception(message)
{
    public TomlPosition Position { get; } = position;

    /// <summary>The key or table that was being read; empty before the first.</summary>
    public string Path { get; } = path;
}
