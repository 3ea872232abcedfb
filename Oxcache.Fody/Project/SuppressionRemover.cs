using Mono.Cecil;

namespace Oxcaching.Fody.Project;

/// <summary>Takes out every [SuppressMessage], which the compiler would not have written but for the weaver.</summary>
internal static class SuppressionRemover
{
    public static void Remove(ModuleDefinition module)
    {
        RemoveFrom(module.Assembly);
        RemoveFrom(module);
        foreach (var type in module.GetTypes())
        {
            RemoveFrom(type);
            RemoveFrom(type.GenericParameters);
            RemoveFrom(type.Fields);
            RemoveFrom(type.Properties);
            RemoveFrom(type.Events);
            RemoveFrom(type.Methods);
            foreach (var method in type.Methods)
            {
                RemoveFrom(method.MethodReturnType);
                RemoveFrom(method.Parameters);
                RemoveFrom(method.GenericParameters);
            }
        }
    }

    private static void RemoveFrom(IEnumerable<ICustomAttributeProvider> providers)
    {
        foreach (var provider in providers)
        {
            RemoveFrom(provider);
        }
    }

    private static void RemoveFrom(ICustomAttributeProvider provider)
    {
        if (!provider.HasCustomAttributes)
        {
            return;
        }

        var attributes = provider.CustomAttributes;
        foreach (var attribute in attributes.Where(one => one.AttributeType.FullName == KnownNames.SuppressMessageAttribute).ToList())
        {
            attributes.Remove(attribute);
        }
    }
}
