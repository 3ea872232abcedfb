using Fody;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Oxcaching.Fody.Validate;

/// <summary>Collects the mistakes of a module, so that one build tells them all.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = new();
    private readonly Silence _silence;

    public DiagnosticBag(Silence silence) => _silence = silence;

    public int ErrorCount => _diagnostics.Count(diagnostic => !diagnostic.IsWarning);

    public void Add(string id, string text, MethodDefinition method) => Add(id, text, SourcePlace.Of(method));

    public void Add(string id, string text, SequencePoint? place) => _diagnostics.Add(new Diagnostic(id, text, place, isWarning: false));

    public void Warn(string id, string text, MethodDefinition method)
    {
        if (!_silence.Covers(id, method))
        {
            _diagnostics.Add(new Diagnostic(id, text, SourcePlace.Of(method), isWarning: true));
        }
    }

    public void WriteTo(BaseModuleWeaver weaver)
    {
        foreach (var diagnostic in _diagnostics)
        {
            // Fody gives its messages no code of their own, so the text begins with ours.
            var text = $"{diagnostic.Id}: {diagnostic.Text}";
            if (diagnostic.IsWarning)
            {
                weaver.WriteWarning(text, diagnostic.Place);
            }
            else
            {
                weaver.WriteError(text, diagnostic.Place);
            }
        }
    }
}
