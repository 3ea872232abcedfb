using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration;

/// <summary>A value of the file with the environment filled into its strings.</summary>
internal sealed record EnvironmentValue(TomlValue Value, bool Concealed, string? Problem)
{
    public static EnvironmentValue Of(TomlValue value) => value switch
    {
        TomlString text => OfString(text),
        TomlArray { OfTables: false } array => OfArray(array),
        _ => new EnvironmentValue(value, Concealed: false, Problem: null),
    };

    private static EnvironmentValue OfString(TomlString text)
    {
        var expanded = EnvironmentText.Expand(text.Value, out var concealed, out var problem);
        return new EnvironmentValue(new TomlString(expanded, text.Position), concealed, problem);
    }

    private static EnvironmentValue OfArray(TomlArray array)
    {
        var items = array.Items.Select(Of).ToList();
        var expanded = new TomlArray(ofTables: false, array.Position);
        foreach (var item in items)
        {
            expanded.Add(item.Value);
        }

        return new EnvironmentValue(expanded, items.Any(i => i.Concealed), items.Select(i => i.Problem).FirstOrDefault(p => p is not null));
    }
}
