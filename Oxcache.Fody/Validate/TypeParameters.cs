using Mono.Cecil;

namespace Oxcaching.Fody.Validate;

/// <summary>The type parameters that a call of a method is made with.</summary>
internal static class TypeParameters
{
    /// <summary>The method's own, then those of its type; a nested type repeats those of the types around it.</summary>
    public static IEnumerable<GenericParameter> Of(MethodDefinition method) => method.GenericParameters.Concat(method.DeclaringType.GenericParameters);
}
