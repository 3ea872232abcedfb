using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Which types are written by what they consist of. The runtime judges values by the same rules.</summary>
internal static class Structures
{
    /// <summary>Tuples, pairs of dictionaries, and the collections of System.Collections.</summary>
    public static bool ConsistsOfItsArguments(GenericInstanceType type) =>
        type.ElementType.FullName is KnownNames.KeyValuePair or KnownNames.ArraySegment
        || (type.Resolve() is { } definition && (IsTuple(definition) || IsCollection(definition)));

    /// <summary>A record whose ToString is the compiler's. One that has its own is taken at its word.</summary>
    public static bool IsRecord(TypeDefinition type) =>
        type.Methods.Any(method => method.Name == KnownNames.PrintMembers && method.Parameters.Count == 1 && TypeFacts.IsCompilerGenerated(method))
        && type.Methods.Any(method => method.Name == KnownNames.ToStringMethod && !method.HasParameters && TypeFacts.IsCompilerGenerated(method));

    private static bool IsTuple(TypeDefinition type) => type.Namespace == "System" && !type.IsInterface && TypeFacts.Implements(type, KnownNames.Tuple);

    private static bool IsCollection(TypeDefinition type)
    {
        var outermost = type;
        while (outermost.DeclaringType is not null)
        {
            outermost = outermost.DeclaringType;
        }

        var space = outermost.Namespace;
        return (space == KnownNames.Collections || space.StartsWith(KnownNames.Collections + ".", StringComparison.Ordinal))
            && TypeFacts.Implements(type, KnownNames.Enumerable);
    }
}
