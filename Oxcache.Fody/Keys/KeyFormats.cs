using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Judges which types can be part of a key: those with a text that differs for different values.</summary>
internal static class KeyFormats
{
    public static KeyFormat Of(TypeReference type)
    {
        switch (type)
        {
            case IModifierType modified:
                return Of(modified.ElementType);
            case GenericParameter parameter:
                return KeyFormat.Of(IsEnum(parameter) ? KeyFormatKind.Enum : KeyFormatKind.Value);
            case GenericInstanceType instance when instance.ElementType.FullName == KnownNames.Nullable:
                return OfNullable(instance.GenericArguments[0]);
            case ArrayType:
                return KeyFormat.Unusable("is an array");
        }

        return type.FullName == KnownNames.String ? KeyFormat.Of(KeyFormatKind.String) : OfDefinition(type);
    }

    private static KeyFormat OfNullable(TypeReference underlying)
    {
        var format = Of(underlying);
        switch (format.Kind)
        {
            case KeyFormatKind.None: return format;
            case KeyFormatKind.Enum: return KeyFormat.Of(KeyFormatKind.NullableEnum);
            default: return KeyFormat.Of(KeyFormatKind.Nullable);
        }
    }

    private static KeyFormat OfDefinition(TypeReference reference)
    {
        var type = reference.Resolve();
        if (type is null)
        {
            return KeyFormat.Unusable("cannot be found among the references");
        }

        if (type.IsEnum)
        {
            return KeyFormat.Of(KeyFormatKind.Enum);
        }

        if (reference.IsPrimitive || type.FullName is KnownNames.Uri or KnownNames.Type
            || TypeFacts.Implements(type, KnownNames.CacheKeyPart) || TypeFacts.Implements(type, KnownNames.Formattable))
        {
            return KeyFormat.Of(KeyFormatKind.Value);
        }

        var problem = ProblemOfToString(type);
        return problem is null ? KeyFormat.Of(KeyFormatKind.Value) : KeyFormat.Unusable(problem);
    }

    private static string? ProblemOfToString(TypeDefinition type)
    {
        if (TypeFacts.Implements(type, KnownNames.Tuple))
        {
            return "is a tuple";
        }

        if (TypeFacts.Implements(type, KnownNames.Enumerable))
        {
            return "is a collection";
        }

        if (TypeFacts.Bases(type).Any(candidate => KnownNames.HasLossyToString(candidate.FullName)))
        {
            return "has a ToString that does not tell all of its value";
        }

        var toString = TypeFacts.FindToString(type);
        if (toString is null)
        {
            return "does not override ToString";
        }

        return TypeFacts.IsCompilerGenerated(toString) || TypeFacts.IsCompilerGenerated(toString.DeclaringType)
            ? "is a record, whose ToString runs its members together"
            : null;
    }

    private static bool IsEnum(GenericParameter parameter) => parameter.HasNotNullableValueTypeConstraint
        && parameter.Constraints.Any(constraint => constraint.ConstraintType.FullName == KnownNames.Enum);
}
