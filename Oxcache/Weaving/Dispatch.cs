using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Oxcaching.Weaving;

/// <summary>Finds the method that a call reaches: the override of a virtual one, the implementation of an interface's.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A method that was trimmed away is one that no call reaches.")]
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A method that was trimmed away is one that no call reaches.")]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A method that was trimmed away is one that no call reaches.")]
[UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The type arguments are those of a call that was compiled.")]
internal static class Dispatch
{
    public const BindingFlags Own = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static MethodInfo Resolve(MethodInfo called, object? receiver)
    {
        if (receiver is null || !called.IsVirtual)
        {
            return called;
        }

        var definition = called.IsGenericMethod ? called.GetGenericMethodDefinition() : called;
        var reached = called.DeclaringType!.IsInterface ? Implementation(definition, receiver.GetType()) : Override(definition, receiver.GetType());
        return called.IsGenericMethod ? reached.MakeGenericMethod(called.GetGenericArguments()) : reached;
    }

    private static MethodInfo Implementation(MethodInfo called, Type type)
    {
        var map = type.GetInterfaceMap(Implemented(called.DeclaringType!, type));
        return map.TargetMethods[Array.FindIndex(map.InterfaceMethods, called.HasSameMetadataDefinitionAs)];
    }

    /// <summary>The interface itself or, where the receiver was converted by variance, the one that its type implements.</summary>
    private static Type Implemented(Type called, Type type)
    {
        var implemented = type.GetInterfaces();
        return implemented.Contains(called)
            ? called
            : implemented.First(candidate => candidate.HasSameMetadataDefinitionAs(called) && candidate.IsAssignableTo(called));
    }

    private static MethodInfo Override(MethodInfo called, Type type)
    {
        var slot = called.GetBaseDefinition();
        for (Type? current = type; current is not null; current = current.BaseType)
        {
            var reached = current.GetMethods(Own).FirstOrDefault(method => method.IsVirtual && method.GetBaseDefinition() == slot);
            if (reached is not null)
            {
                return reached;
            }
        }

        return called;
    }
}
