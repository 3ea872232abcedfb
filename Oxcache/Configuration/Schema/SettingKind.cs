using Oxcaching.Configuration.TomlTree;

namespace Oxcaching.Configuration.Schema;

/// <summary>What values a setting takes, from a file and from code alike.</summary>
internal abstract class SettingKind
{
    /// <summary>What has to stand in the file: "a boolean".</summary>
    protected abstract string Expected { get; }

    /// <summary>Reads what a file says.</summary>
    /// <param name="filled">The value, the environment already filled in.</param>
    /// <param name="problem">What is wrong; null when the value is right.</param>
    public object? Read(EnvironmentValue filled, out string? problem)
    {
        problem = filled.Problem;
        if (problem is not null)
        {
            return null;
        }

        var value = filled.IsOfAnyKind ? FromText((TomlScalar<string>)filled.Value) : filled.Value;
        var read = Read(value, filled.Concealed, out problem);
        if (problem is not null && filled.Concealed)
        {
            problem = $"from {string.Join(" and ", filled.Names.Distinct().Select(name => $"${{{name}}}"))}: {problem}";
        }

        return read;
    }

    /// <summary>What is wrong with a value, be it from file or code; null: nothing.</summary>
    public abstract string? Check(object value, bool concealed);

    /// <summary>Why a missing value is wrong, where there has to be one.</summary>
    public string CheckNull() => $"is null, {Expected} expected";

    public virtual bool Same(object? left, object? right) => Equals(left, right);

    /// <summary>A copy that later changes to the options do not reach.</summary>
    public virtual object? Copy(object? value) => value;

    /// <summary>Reads a value that is not, or no longer, a text from the environment.</summary>
    /// <param name="value">The value.</param>
    /// <param name="concealed">Whether the problem must not show it.</param>
    /// <param name="problem">What is wrong; null when the value is right.</param>
    protected abstract object? Read(TomlValue value, bool concealed, out string? problem);

    /// <summary>What a text from the environment stands for, as this kind wants it; the text itself if it stands for nothing else.</summary>
    protected virtual TomlValue FromText(TomlScalar<string> text) => TomlDocument.ReadValue(text.Value) ?? text;

    /// <param name="value">The value; null: it must not be shown.</param>
    /// <param name="range">What is allowed.</param>
    protected static string OutOfRange(string? value, string range) => $"{(value is null ? "" : $"{value} is ")}out of range, {range} allowed";

    /// <param name="value">The value.</param>
    /// <param name="concealed">Whether it may be of any kind in the file, which then says nothing of the mistake.</param>
    protected string WrongType(TomlValue value, bool concealed) => concealed ? $"not valid, {Expected} expected" : $"found {value.Kind}, {Expected} expected";
}
