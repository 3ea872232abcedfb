using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Validate;

/// <summary>One mistake: what is wrong and what to do, and where.</summary>
internal sealed class Diagnostic
{
    public Diagnostic(string id, string text, SequencePoint? place, bool isWarning)
    {
        Id = id;
        Text = text;
        Place = place;
        IsWarning = isWarning;
    }

    public string Id { get; }

    public string Text { get; }

    public SequencePoint? Place { get; }

    public bool IsWarning { get; }
}
