using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>An array of strings.</summary>
/// <param name="check">What is wrong with one of them, without showing it; null: nothing.</param>
internal sealed class TextListKind(Func<string, string?> check) : SettingKind
{
    protected override string Expected => "an array of strings";

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        if (value is not TomlArray { OfTables: false } array)
        {
            problem = WrongType(value, concealed);
            return null;
        }

        if (array.Items.FirstOrDefault(item => item is not TomlScalar<string>) is { } other)
        {
            problem = $"found {other.Kind} in the array, {Expected} expected";
            return null;
        }

        var list = array.Items.Select(item => ((TomlScalar<string>)item).Value).ToList();
        problem = Check(list, concealed);
        return list;
    }

    public override string? Check(object value, bool concealed)
    {
        var list = (IEnumerable<string?>)value;
        var problems = list.Select((text, index) => (text is null ? "is null" : check(text)) is { } p ? $"element {index + 1}: {p}" : null);
        return problems.FirstOrDefault(p => p is not null);
    }

    public override bool Same(object? left, object? right) => ((IEnumerable<string>)left!).SequenceEqual((IEnumerable<string>)right!);

    public override object? Copy(object? value) => ((IEnumerable<string>)value!).ToList();

    /// <summary>Separated by commas; an empty text is an empty list.</summary>
    protected override TomlValue FromText(TomlScalar<string> text)
    {
        var array = new TomlArray(ofTables: false, text.Position);
        foreach (var item in text.Value.Length == 0 ? [] : text.Value.Split(','))
        {
            array.Add(new TomlScalar<string>(item.Trim(), text.Kind, text.Position));
        }

        return array;
    }
}
