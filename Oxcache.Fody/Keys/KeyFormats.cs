using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Judges which types can be part of a key: those with a text that differs for different values.</summary>
internal sealed class KeyFormats
{
    /// <summary>Types that name larger types in their members go on for ever.</summary>
    private const int DeepestNesting = 32;

    /// <summary>The records whose members are being judged: one that contains itself is as good as the rest of it.</summary>
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private KeyFormats()
    {
    }

    public static KeyFormat Of(TypeReference type) => new KeyFormats().Judge(type);

    private KeyFormat Judge(TypeReference type)
    {
        switch (type)
        {
            case IModifierType modified:
                return Judge(modified.ElementType);
            case GenericParameter parameter:
                return KeyFormat.Of(IsEnum(parameter) ? KeyFormatKind.Enum : KeyFormatKind.Value);
            case GenericInstanceType instance when instance.ElementType.FullName == KnownNames.Nullable:
                return OfNullable(instance.GenericArguments[0]);
            case ArrayType array:
                return array.IsVector ? OfParts(array.ElementType) : KeyFormat.Unusable("is an array of more than one dimension");
            case GenericInstanceType instance when Structures.ConsistsOfItsArguments(instance):
                return OfParts(instance.GenericArguments.ToArray());
        }

        return type.FullName == KnownNames.String ? KeyFormat.Of(KeyFormatKind.String) : OfDefinition(type);
    }

    /// <summary>Collections and tuples can be written if what they consist of can.</summary>
    private KeyFormat OfParts(params TypeReference[] parts)
    {
        foreach (var part in parts)
        {
            if (Judge(part).Problem is { } problem)
            {
                return KeyFormat.Unusable($"consists of {TypeNames.Of(part)}, which {problem}");
            }
        }

        return KeyFormat.Of(KeyFormatKind.Value);
    }

    private KeyFormat OfNullable(TypeReference underlying)
    {
        var format = Judge(underlying);
        switch (format.Kind)
        {
            case KeyFormatKind.None: return format;
            case KeyFormatKind.Enum: return KeyFormat.Of(KeyFormatKind.NullableEnum);
            default: return KeyFormat.Of(KeyFormatKind.Nullable);
        }
    }

    private KeyFormat OfDefinition(TypeReference reference)
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

        var problem = Structures.IsRecord(type) ? ProblemOfRecord(reference, type) : ProblemOfToString(type);
        return problem is null ? KeyFormat.Of(KeyFormatKind.Value) : KeyFormat.Unusable(problem);
    }

    private static string? ProblemOfToString(TypeDefinition type)
    {
        if (TypeFacts.Implements(type, KnownNames.Tuple))
        {
            return "is a tuple of unknown parts";
        }

        if (TypeFacts.Implements(type, KnownNames.Enumerable))
        {
            return "is a collection of a kind that is not known to be there as a whole, without a state of its own";
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
            ? "has a ToString that runs its members together"
            : null;
    }

    private string? ProblemOfRecord(TypeReference reference, TypeDefinition type)
    {
        if (_open.Count == DeepestNesting || !_open.Add(reference.FullName))
        {
            return null;
        }

        var bad = RecordMembers.Of(reference, type)
            .Select(member => new { member.Key, member.Value, Judge(member.Value).Problem })
            .FirstOrDefault(member => member.Problem is not null);
        _open.Remove(reference.FullName);
        return bad is null ? null : $"is a record, and its member {bad.Key} of type {TypeNames.Of(bad.Value)} {bad.Problem}";
    }

    private static bool IsEnum(GenericParameter parameter) => parameter.HasNotNullableValueTypeConstraint
        && parameter.Constraints.Any(constraint => constraint.ConstraintType.FullName == KnownNames.Enum);
}
