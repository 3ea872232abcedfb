using Mono.Cecil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Wrap;

/// <summary>Which arguments tell a method's calls apart, where the runtime can compare them without making a key.</summary>
internal static class FrontPlan
{
    private const int MostArguments = 4;

    /// <summary>The parameters in the key; null when the method is to have no front.</summary>
    public static List<ParameterDefinition>? Of(IEnumerable<KeyPart> key)
    {
        var parameters = key.Select(part => part.Parameter).OfType<ParameterDefinition>().Distinct().ToList();
        return parameters.Count <= MostArguments && parameters.All(parameter => IsComparable(parameter.ParameterType)) ? parameters : null;
    }

    /// <summary>Immutable, and with bits that say all. What a type parameter stands for is decided at run time.</summary>
    private static bool IsComparable(TypeReference type)
    {
        switch (type)
        {
            case IModifierType modified:
                return IsComparable(modified.ElementType);
            case GenericParameter:
                return true;
            case GenericInstanceType instance:
                return instance.ElementType.FullName == KnownNames.Nullable && IsComparable(instance.GenericArguments[0]);
        }

        return type.IsPrimitive || KnownNames.IsPlainValue(type.FullName) || type.Resolve() is { IsEnum: true };
    }
}
