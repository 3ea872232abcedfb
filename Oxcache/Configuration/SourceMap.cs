namespace Oxcaching.Configuration;

/// <summary>Which settings a file gave, and where.</summary>
/// <param name="file">The file's name, as errors show it.</param>
internal sealed class SourceMap(string file)
{
    private readonly Dictionary<string, SourceEntry> _entries = new(StringComparer.Ordinal);

    public string File { get; } = file;

    public SourceEntry? Find(string path) => _entries.GetValueOrDefault(path);

    public void Add(string path, SourceEntry entry) => _entries[path] = entry;
}
