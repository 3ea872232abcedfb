namespace Oxcaching.Fody.Tests.Support;

/// <summary>An error or warning of the weaver, as the build shows it.</summary>
internal sealed record WeaveError(string Text, string? File, int Line)
{
    public string Id => Text.Split(':')[0];

    public override string ToString() => $"{File}({Line}): {Text}";
}
