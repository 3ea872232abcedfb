using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>Gathers what is wrong, or has no effect, and says each with its place.</summary>
internal sealed class ProblemList(string? file)
{
    private const string CodeBuilt = nameof(OxcacheOptions);

    private readonly List<(TomlPosition? Position, string Text)> _problems = [];
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);

    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Whether something was said about the path, so that rules built on its value have nothing to add.</summary>
    public bool Has(string path) => _paths.Contains(path);

    /// <param name="position">Null: not from the file.</param>
    /// <param name="path">Which key, as it has to be written.</param>
    /// <param name="text">What is wrong, what is allowed.</param>
    public void Add(TomlPosition? position, string path, string text)
    {
        var place = position is { } p && file is not null ? $"{file}({p.Line},{p.Column})" : CodeBuilt;
        _problems.Add((position, $"{place}: {path}: {text}"));
        _paths.Add(path);
    }

    /// <summary>All of them: first those of the file, in its order.</summary>
    public IReadOnlyList<string> ToLines() =>
        [.. _problems.OrderBy(p => p.Position is null).ThenBy(p => p.Position.GetValueOrDefault()).Select(p => p.Text)];

    public void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw new OxcacheConfigurationException(ToLines());
        }
    }
}
