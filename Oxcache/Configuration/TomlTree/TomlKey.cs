namespace Oxcaching.Configuration.TomlTree;

/// <summary>One part of a key, where it stands.</summary>
internal readonly record struct TomlKey(string Name, TomlPosition Position)
{
    public string Name { get; } = Name;

    public TomlPosition Position { get; } = Position;

    /// <summary>The key as it has to be written: quoted unless it is a bare key.</summary>
    public static string Quote(string name) => name.Length > 0 && name.All(IsBare) ? name : $"\"{string.Concat(name.Select(Escape))}\"";

    /// <summary>The dotted path of a key below a table; the root's path is empty.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? Quote(name) : $"{path}.{Quote(name)}";

    private static bool IsBare(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';

    private static string Escape(char c) =>
        c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:X4}" : c.ToString();
}
