using Mono.Cecil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Validate;

/// <summary>OXC001 to OXC004 and OXC008: which methods can have their body moved and their call stored. Null means no problem.</summary>
internal static class ShapeRules
{
    public static string? ProblemOfReturnType(MethodDefinition method)
    {
        var type = method.ReturnType is IModifierType modified ? modified.ElementType : method.ReturnType;
        if (IsIterator(method) || method.IsConstructor || (type is GenericInstanceType instance && IsTask(instance)))
        {
            return null; // an iterator or a constructor is told as what it is
        }

        return $"it returns {TypeNames.Of(type)}. Only Task<T> and ValueTask<T> can be cached: "
            + "make it async and let it return a value, or remove [Cached].";
    }

    public static string? ProblemOfBody(MethodDefinition method)
    {
        if (method.HasBody)
        {
            return null;
        }

        var kind = method.DeclaringType.IsInterface ? "a declaration in an interface" : method.IsAbstract ? "abstract" : "extern";
        return $"it is {kind} and has no body to cache. Put [Cached] on the methods that implement it.";
    }

    public static string? ProblemOfPassing(ParameterDefinition parameter) => parameter.ParameterType.IsByReference
        ? $"the parameter {parameter.Name} is passed by ref, in or out. A result from the cache cannot be written there: pass it by value."
        : null;

    public static string? ProblemOfStorage(ParameterDefinition parameter)
    {
        var type = parameter.ParameterType;
        return type.IsByReference || !TypeFacts.IsUnstorable(type)
            ? null
            : $"the parameter {parameter.Name} is of type {TypeNames.Of(type)}, a ref struct, pointer or function pointer, "
                + "which cannot wait for the result. Pass something that lives on the heap, such as an array or a string.";
    }

    public static string? ProblemOfReceiver(MethodDefinition method) =>
        method.HasThis && TypeFacts.Has(method.DeclaringType, KnownNames.IsByRefLikeAttribute)
            ? $"it is an instance method of the ref struct {TypeNames.Of(method.DeclaringType)}, which cannot wait for the result. Make it static."
            : null;

    public static string? ProblemOfKind(MethodDefinition method)
    {
        if (method.IsConstructor)
        {
            return "it is a constructor. Only methods can be cached.";
        }

        if (method.IsGetter || method.IsSetter || method.IsAddOn || method.IsRemoveOn)
        {
            return "it is an accessor. Only methods can be cached: move its code to a method.";
        }

        if (IsIterator(method))
        {
            return "it is an iterator. A sequence is made anew by each enumeration: collect it into a list and return Task<IReadOnlyList<T>>.";
        }

        if (method.IsSynchronized)
        {
            return "it is Synchronized, and a lock cannot be held over the cache. Lock inside the body instead.";
        }

        if (method.CallingConvention == MethodCallingConvention.VarArg)
        {
            return "it takes __arglist. Use params.";
        }

        return method.DeclaringType.Name.StartsWith(KnownNames.ClosurePrefix, StringComparison.Ordinal)
            ? "it is a lambda or a local function that captures variables, and these would not be in its key. Make it a method or a static local function."
            : null;
    }

    private static bool IsTask(GenericInstanceType type) => type.ElementType.FullName is KnownNames.Task or KnownNames.ValueTask;

    private static bool IsIterator(MethodDefinition method) =>
        TypeFacts.Has(method, KnownNames.IteratorStateMachineAttribute) || TypeFacts.Has(method, KnownNames.AsyncIteratorStateMachineAttribute);
}
