using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration;

/// <summary>A value of the file with the environment filled into its strings.</summary>
/// <param name="Value">The value.</param>
/// <param name="Names">The variables that it names.</param>
/// <param name="Problem">Why it could not be filled in; null: it could.</param>
internal sealed record EnvironmentValue(TomlValue Value, IReadOnlyList<string> Names, string? Problem)
{
    /// <summary>Whether it came from the environment and must not be shown.</summary>
    public bool Concealed => Names.Count > 0;

    /// <summary>Whether it may stand for a value of any kind: a string, of which at least a part came from the environment.</summary>
    public bool IsOfAnyKind => Concealed && Value is TomlScalar<string>;

    public static EnvironmentValue Of(TomlValue value) => value switch
    {
        TomlScalar<string> text => OfString(text),
        TomlArray { OfTables: false } array => OfArray(array),
        _ => new EnvironmentValue(value, Names: [], Problem: null),
    };

    private static EnvironmentValue OfString(TomlScalar<string> text)
    {
        var expanded = EnvironmentText.Expand(text.Value, out var names, out var problem);
        return new EnvironmentValue(new TomlScalar<string>(expanded, text.Kind, text.Position), names, problem);
    }

    private static EnvironmentValue OfArray(TomlArray array)
    {
        var items = array.Items.Select(Of).ToList();
        var expanded = new TomlArray(ofTables: false, array.Position);
        foreach (var item in items)
        {
            expanded.Add(item.Value);
        }

        return new EnvironmentValue(expanded, [.. items.SelectMany(i => i.Names)], items.Select(i => i.Problem).FirstOrDefault(p => p is not null));
    }
}
