using Mono.Cecil;

namespace Oxcaching.Fody.Find;

/// <summary>Finds the methods marked [Cached], in the order of the metadata.</summary>
internal static class CachedMethodFinder
{
    public static List<CachedMethod> Find(ModuleDefinition module)
    {
        var found = new List<CachedMethod>();
        foreach (var type in module.GetTypes())
        {
            if (type.Name.StartsWith(KnownNames.ExtensionGroupPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var method in type.Methods)
            {
                var attribute = Cached(method);
                if (attribute is not null)
                {
                    found.Add(new CachedMethod(method, attribute));
                }
            }
        }

        return found;
    }

    private static CustomAttribute? Cached(MethodDefinition method) => method.HasCustomAttributes
        ? method.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == KnownNames.CachedAttribute)
        : null;
}
