namespace Oxcaching.Configuration.TomlTree;

/// <summary>A thing in a file that is not TOML.</summary>
internal sealed class TomlError(TomlPosition position, string path, string message)
{
    public TomlPosition Position { get; } = position;

    /// <summary>The key or table that was being read; empty before the first.</summary>
    public string Path { get; } = path;

    /// <summary>Never holds more of the file than one character or a key.</summary>
    public string Message { get; } = message;
}
