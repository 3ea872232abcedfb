using Oxcaching.Configuration.Toml;

namespace Oxcaching.Configuration.Schema;

/// <summary>What values a setting takes, from a file and from code alike.</summary>
internal abstract class SettingKind
{
    /// <summary>What has to stand in the file: "a boolean".</summary>
    protected abstract string Expected { get; }

    /// <summary>Reads what a file says.</summary>
    /// <param name="value">The value, the environment already filled in.</param>
    /// <param name="concealed">Whether the problem must not show the value.</param>
    /// <param name="problem">What is wrong; null when the value is right.</param>
    public abstract object? Read(TomlValue value, bool concealed, out string? problem);

    /// <summary>What is wrong with a value, be it from file or code; null: nothing.</summary>
    public abstract string? Check(object value, bool concealed);

    /// <summary>Why a missing value is wrong, where there has to be one.</summary>
    public string CheckNull() => $"is null, {Expected} expected";

    public virtual bool Same(object? left, object? right) => Equals(left, right);

    /// <summary>A copy that later changes to the options do not reach.</summary>
    public virtual object? Copy(object? value) => value;

    protected string WrongType(TomlValue value) => $"found {value.Kind}, {Expected} expected";
}
