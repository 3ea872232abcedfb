using Mono.Cecil;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Resolves to the assemblies that the source was compiled against and no others, as in a real build.</summary>
internal sealed class FixedResolver(IReadOnlyList<string> references) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition?> _resolved = [];

    public AssemblyDefinition? Resolve(AssemblyNameReference name)
    {
        if (!_resolved.TryGetValue(name.Name, out var assembly))
        {
            var path = references.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name.Name);
            assembly = path is null ? null : AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this, InMemory = true });
            _resolved.Add(name.Name, assembly);
        }

        return assembly;
    }

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (var assembly in _resolved.Values)
        {
            assembly?.Dispose();
        }
    }
}
