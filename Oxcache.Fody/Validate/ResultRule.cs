using Mono.Cecil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC016: results that cannot be handed out twice.</summary>
internal static class ResultRule
{
    public static string? Problem(MethodDefinition method)
    {
        var type = method.ReturnType is IModifierType modified ? modified.ElementType : method.ReturnType;
        if (type is not GenericInstanceType { ElementType.FullName: KnownNames.Task or KnownNames.ValueTask } task)
        {
            return null; // told already, as OXC001
        }

        var result = task.GenericArguments[0];
        foreach (var part in Inside(result))
        {
            if (Describe(part) is { } why)
            {
                var what = ReferenceEquals(part, result) ? "is" : $"{TypeNames.Of(result)} holds";
                return $"its result {what} {TypeNames.Of(part)}, {why}. Return what it yields, such as an array, a string or a list.";
            }
        }

        return null;
    }

    /// <summary>The type, and what arrays, tuples, collections and other generic types of it hold.</summary>
    private static IEnumerable<TypeReference> Inside(TypeReference type)
    {
        yield return type;
        var held = type switch
        {
            GenericInstanceType instance => instance.GenericArguments,
            TypeSpecification specification => new[] { specification.ElementType },
            _ => Enumerable.Empty<TypeReference>(),
        };
        foreach (var part in held.SelectMany(Inside))
        {
            yield return part;
        }
    }

    private static string? Describe(TypeReference type)
    {
        if (type is ArrayType or IModifierType)
        {
            return null;
        }

        var bases = Definitions(type).SelectMany(TypeFacts.Bases).ToList();
        if (bases.Any(one => one.FullName is KnownNames.PlainTask or KnownNames.PlainValueTask or KnownNames.ValueTask))
        {
            return "a task, which is a run and not a value";
        }

        if (bases.Any(one => one.FullName == KnownNames.Stream))
        {
            return "which is read once and then closed";
        }

        if (bases.Any(one => TypeFacts.Implements(one, KnownNames.AsyncEnumerable) || TypeFacts.Implements(one, KnownNames.AsyncEnumerator)))
        {
            return "which each enumeration makes anew";
        }

        return bases.Any(one => TypeFacts.Implements(one, KnownNames.Disposable) || TypeFacts.Implements(one, KnownNames.AsyncDisposable))
            ? "which is disposable: its first user would dispose of it for all others"
            : null;
    }

    /// <summary>What the type is known to be; of a type parameter, its constraints.</summary>
    private static IEnumerable<TypeDefinition> Definitions(TypeReference type)
    {
        var known = type is GenericParameter parameter ? parameter.Constraints.Select(constraint => constraint.ConstraintType) : new[] { type };
        return known.Where(one => one is not GenericParameter).Select(one => one.Resolve()).Where(one => one is not null);
    }
}
