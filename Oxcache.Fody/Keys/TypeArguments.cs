using Mono.Cecil;
using Oxcaching.Fody.Move;

namespace Oxcaching.Fody.Keys;

/// <summary>Reads the members of a generic type's definition as those of one instance of it.</summary>
internal static class TypeArguments
{
    public static GenericRemapper Of(TypeReference type, Func<TypeReference, TypeReference>? import = null)
    {
        var remapper = new GenericRemapper(import ?? (reference => reference));
        if (type is GenericInstanceType instance && instance.Resolve() is { } definition)
        {
            for (var i = 0; i < instance.GenericArguments.Count; i++)
            {
                remapper.Add(definition.GenericParameters[i], instance.GenericArguments[i]);
            }
        }

        return remapper;
    }
}
