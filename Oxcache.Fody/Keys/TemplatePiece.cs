namespace Oxcaching.Fody.Keys;

/// <summary>A piece of a template: text, or what stands between two braces, <c>{name.Member.Member:format}</c>.</summary>
internal sealed class TemplatePiece
{
    public TemplatePiece(string text)
    {
        Text = text;
        Members = Array.Empty<string>();
    }

    public TemplatePiece(string[] path, string? format)
    {
        Text = string.Join(".", path);
        Name = path[0];
        Members = path.Skip(1).ToArray();
        Format = format;
    }

    public string Text { get; }

    /// <summary>The name of a parameter; null for a piece of text.</summary>
    public string? Name { get; }

    public IReadOnlyList<string> Members { get; }

    public string? Format { get; }
}
