using Mono.Cecil;

namespace Oxcaching.Fody.Move;

/// <summary>Copies generic parameters with their constraints.</summary>
internal static class GenericParameters
{
    /// <summary>Gives a type or method copies of the parameters, and returns what maps the old to the new.</summary>
    public static GenericRemapper Copy(IEnumerable<GenericParameter> parameters, IGenericParameterProvider to)
    {
        var originals = parameters.ToList();
        var remapper = new GenericRemapper();
        foreach (var original in originals)
        {
            // A copy on a type must not be variant: only interfaces and delegates may be.
            var attributes = original.Attributes & ~GenericParameterAttributes.VarianceMask;
            var copy = new GenericParameter(original.Name, to) { Attributes = attributes };
            to.GenericParameters.Add(copy);
            remapper.Add(original, copy);
        }

        // A constraint may name any of the parameters, so all of them come first.
        var first = to.GenericParameters.Count - originals.Count;
        for (var i = 0; i < originals.Count; i++)
        {
            CopyConstraints(originals[i], to.GenericParameters[first + i], remapper);
            CopyAttributes(originals[i], to.GenericParameters[first + i]);
        }

        return remapper;
    }

    /// <summary>The type as seen from inside itself: closed over its own parameters.</summary>
    public static TypeReference CloseOver(TypeReference type, IEnumerable<GenericParameter> arguments)
    {
        var instance = new GenericInstanceType(type);
        foreach (var argument in arguments)
        {
            instance.GenericArguments.Add(argument);
        }

        return instance.GenericArguments.Count == 0 ? type : instance;
    }

    private static void CopyConstraints(GenericParameter original, GenericParameter copy, GenericRemapper remapper)
    {
        foreach (var constraint in original.Constraints)
        {
            var copied = new GenericParameterConstraint(remapper.Remap(constraint.ConstraintType));
            CopyAttributes(constraint, copied);
            copy.Constraints.Add(copied);
        }
    }

    private static void CopyAttributes(ICustomAttributeProvider original, ICustomAttributeProvider copy)
    {
        foreach (var attribute in original.CustomAttributes)
        {
            copy.CustomAttributes.Add(new CustomAttribute(attribute.Constructor, attribute.GetBlob()));
        }
    }
}
