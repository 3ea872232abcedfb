using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Questions about types that metadata answers only in several steps.</summary>
internal static class TypeFacts
{
    /// <summary>"allows ref struct".</summary>
    private const GenericParameterAttributes AllowByRefLike = (GenericParameterAttributes)0x20;

    /// <summary>The type and those it derives from.</summary>
    public static IEnumerable<TypeDefinition> Bases(TypeDefinition type)
    {
        for (TypeDefinition? current = type; current is not null; current = current.BaseType?.Resolve())
        {
            yield return current;
        }
    }

    public static bool Implements(TypeDefinition type, string interfaceName) =>
        type.FullName == interfaceName || Bases(type).Any(current => current.Interfaces.Any(
            implementation => implementation.InterfaceType.FullName == interfaceName
                || (implementation.InterfaceType.Resolve() is { } inherited && Implements(inherited, interfaceName))));

    /// <summary>The ToString that a value of the type answers with; null if it is the one of object or ValueType.</summary>
    public static MethodDefinition? FindToString(TypeDefinition type) => Bases(type)
        .Where(current => current.FullName is not KnownNames.Object and not KnownNames.ValueType)
        .SelectMany(current => current.Methods)
        .FirstOrDefault(method => method.Name == KnownNames.ToStringMethod && method.IsVirtual && !method.HasParameters && !method.IsNewSlot);

    /// <summary>The T of a T?; null for all other types.</summary>
    public static TypeReference? NullableArgument(TypeReference type) =>
        type is GenericInstanceType instance && instance.ElementType.FullName == KnownNames.Nullable ? instance.GenericArguments[0] : null;

    /// <summary>Whether values of the type, or of the T of a T?, can be written in a format.</summary>
    public static bool IsFormattable(TypeReference type)
    {
        switch (NullableArgument(type) ?? type)
        {
            case GenericParameter parameter:
                return parameter.Constraints.Any(constraint => IsFormattable(constraint.ConstraintType));
            case ArrayType:
                return false;
            case var actual:
                return actual.Resolve() is { } definition && Implements(definition, KnownNames.Formattable);
        }
    }

    public static bool IsCompilerGenerated(ICustomAttributeProvider provider) => Has(provider, KnownNames.CompilerGeneratedAttribute);

    /// <summary>Whether a value of the type cannot be kept in a field: by reference, a pointer, a ref struct or what may be one.</summary>
    public static bool IsUnstorable(TypeReference type)
    {
        switch (type)
        {
            case IModifierType modified:
                return IsUnstorable(modified.ElementType);
            case GenericParameter parameter:
                return (parameter.Attributes & AllowByRefLike) != 0;
            case ByReferenceType:
            case PointerType:
            case FunctionPointerType:
                return true;
            default:
                return type.FullName == KnownNames.TypedReference
                    || (type.IsValueType && type is not ArrayType && type.Resolve() is { } definition && Has(definition, KnownNames.IsByRefLikeAttribute));
        }
    }

    public static bool Has(ICustomAttributeProvider provider, string attribute) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(candidate => candidate.AttributeType.FullName == attribute);
}
