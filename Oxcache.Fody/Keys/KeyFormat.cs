namespace Oxcaching.Fody.Keys;

/// <summary>How a type is written in a key, or why it cannot be.</summary>
internal sealed class KeyFormat
{
    private KeyFormat(KeyFormatKind kind, string? problem)
    {
        Kind = kind;
        Problem = problem;
    }

    public KeyFormatKind Kind { get; }

    public string? Problem { get; }

    public static KeyFormat Of(KeyFormatKind kind) => new(kind, null);

    public static KeyFormat Unusable(string problem) => new(KeyFormatKind.None, problem);
}
