using Fody;
using Mono.Cecil;

namespace Oxcaching.Fody.Validate;

/// <summary>Collects the mistakes of a module, so that one build tells them all.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = new();

    public bool Any => _diagnostics.Count > 0;

    public void Add(string id, string text, MethodDefinition method) => _diagnostics.Add(new Diagnostic(id, text, SourcePlace.Of(method)));

    public void WriteTo(BaseModuleWeaver weaver)
    {
        foreach (var diagnostic in _diagnostics)
        {
            // Fody gives its errors no code of their own, so the message begins with ours.
            weaver.WriteError($"{diagnostic.Id}: {diagnostic.Text}", diagnostic.Place);
        }
    }
}
