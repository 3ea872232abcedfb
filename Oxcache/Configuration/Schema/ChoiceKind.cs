using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>One of a few names, case-sensitive.</summary>
/// <param name="choices">Each value with its names, of which error messages list the first.</param>
internal sealed class ChoiceKind<T>(params (T Value, string[] Names)[] choices) : SettingKind
    where T : struct, Enum
{
    private readonly HashSet<T> _notBuilt = [];

    protected override string Expected => Allowed;

    private string Allowed => string.Join(", ", choices.Where(c => !_notBuilt.Contains(c.Value)).Select(c => $"\"{c.Names[0]}\""));

    /// <summary>Values whose part is not built yet; choosing one is an error that says so.</summary>
    public ChoiceKind<T> NotBuilt(params T[] values)
    {
        _notBuilt.UnionWith(values);
        return this;
    }

    protected override object? Read(TomlValue value, bool concealed, out string? problem)
    {
        if (value is not TomlScalar<string> text)
        {
            problem = $"found {value.Kind}, a string expected: {Allowed}";
            return null;
        }

        var chosen = choices.Where(c => c.Names.Contains(text.Value, StringComparer.Ordinal)).ToList();
        problem = chosen.Count == 0 ? Unknown(text.Value, concealed) : Check(chosen[0].Value, concealed);
        return chosen.Count == 0 ? null : chosen[0].Value;
    }

    public override string? Check(object value, bool concealed)
    {
        var chosen = (T)value;
        if (_notBuilt.Contains(chosen))
        {
            return $"\"{choices.First(c => c.Value.Equals(chosen)).Names[0]}\" is not built yet: use {Allowed}";
        }

        return choices.Any(c => c.Value.Equals(chosen)) ? null : $"{chosen} is no such value, {Allowed} allowed";
    }

    protected override TomlValue FromText(TomlScalar<string> text) => text;

    /// <summary>Not, say, a connection string that was put under the wrong key.</summary>
    private static bool IsHarmless(string text) =>
        text.Length <= 24 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ');

    private string Unknown(string text, bool concealed)
    {
        if (concealed || !IsHarmless(text))
        {
            return $"unknown value, {Allowed} allowed";
        }

        var hint = Nearest.Of(text, choices.SelectMany(c => c.Names)) is { } nearest ? $"did you mean \"{nearest}\"? " : "";
        return $"unknown value \"{text}\", {hint}{Allowed} allowed";
    }
}
