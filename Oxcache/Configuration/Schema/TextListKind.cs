using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration.Schema;

/// <summary>An array of strings.</summary>
/// <param name="check">What is wrong with one of them, without showing it; null: nothing.</param>
internal sealed class TextListKind(Func<string, string?> check) : SettingKind
{
    protected override string Expected => "an array of strings";

    public override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        if (value is not TomlArray { OfTables: false } array)
        {
            problem = WrongType(value);
            return null;
        }

        if (array.Items.FirstOrDefault(item => item is not TomlString) is { } other)
        {
            problem = $"found {other.Kind} in the array, {Expected} expected";
            return null;
        }

        var list = array.Items.Select(item => ((TomlString)item).Value).ToList();
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
}
