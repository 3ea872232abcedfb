using Mono.Cecil;

namespace Oxcaching.Fody.Wrap;

/// <summary>What of a signature the wrapper and its struct must agree on.</summary>
internal static class Signatures
{
    public static TypeReference ResultOf(TypeReference returnType) => ((GenericInstanceType)WithoutModifiers(returnType)).GenericArguments[0];

    public static bool IsValueTask(TypeReference returnType) =>
        ((GenericInstanceType)WithoutModifiers(returnType)).ElementType.FullName == KnownNames.ValueTask;

    /// <summary>The caller's token, in the place of which the body gets the flight's.</summary>
    public static ParameterDefinition? FlightToken(MethodDefinition method) =>
        method.Parameters.FirstOrDefault(parameter => parameter.ParameterType.FullName == KnownNames.CancellationToken);

    public static TypeReference WithoutModifiers(TypeReference type) => type is IModifierType modified ? WithoutModifiers(modified.ElementType) : type;
}
