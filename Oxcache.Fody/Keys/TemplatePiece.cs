namespace Oxcaching.Fody.Keys;

/// <summary>A piece of a template: text, or the name between two braces.</summary>
internal sealed class TemplatePiece
{
    public TemplatePiece(string text, bool isName)
    {
        Text = text;
        IsName = isName;
    }

    public string Text { get; }

    public bool IsName { get; }
}
