using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <summary>Makes the struct that the weaver made for a method's calls, of a method and arguments that are known only at run time.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The type arguments are those of a method that can be called.")]
[UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A woven method names its struct and all of its fields.")]
[UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "A struct needs no constructor.")]
[UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A woven method names its struct and all of its fields.")]
internal static class WovenCall
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public;

    /// <summary>One call; null if the method is not woven.</summary>
    public static ICachedKey? Make(MethodInfo method, object?[] arguments)
    {
        var definition = Definition(method);
        var holder = definition.DeclaringType!.GetNestedTypes(BindingFlags.NonPublic).FirstOrDefault(type => Holds(type, definition));
        if (holder is null)
        {
            return null;
        }

        var typeArguments = method.DeclaringType!.GetGenericArguments().Concat(method.GetGenericArguments()).ToArray();
        var type = typeArguments.Length == 0 ? holder : holder.MakeGenericType(typeArguments);
        var call = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var parameter in method.GetParameters())
        {
            type.GetField(NameOf(parameter), Fields)?.SetValue(call, arguments[parameter.Position]);
        }

        return (ICachedKey)call;
    }

    /// <summary>The method as it is declared, with its type parameters.</summary>
    private static MethodInfo Definition(MethodInfo method)
    {
        var type = method.DeclaringType!;
        return type.IsGenericType
            ? type.GetGenericTypeDefinition().GetMethods(Dispatch.Own).First(method.HasSameMetadataDefinitionAs)
            : method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
    }

    /// <summary>Overloads have structs with fields of other types.</summary>
    private static bool Holds(Type holder, MethodInfo method)
    {
        if (!holder.IsAssignableTo(typeof(ICachedKey)) || !MetadataName(holder).StartsWith($"<{method.Name}>Call|", StringComparison.Ordinal))
        {
            return false;
        }

        var parameters = method.GetParameters();
        var arity = method.DeclaringType!.GetGenericArguments().Length + method.GetGenericArguments().Length;
        return holder.GetGenericArguments().Length == arity
            && holder.GetFields(Fields).Count(field => char.IsAsciiDigit(field.Name[0])) == parameters.Length - Tokens(parameters)
            && parameters.All(parameter => Fits(holder.GetField(NameOf(parameter), Fields), parameter));
    }

    /// <summary>The caller's token is in no field: a body gets another in its place.</summary>
    private static int Tokens(ParameterInfo[] parameters) => parameters.Any(parameter => parameter.ParameterType == typeof(CancellationToken)) ? 1 : 0;

    private static bool Fits(FieldInfo? field, ParameterInfo parameter) =>
        (field?.FieldType ?? typeof(CancellationToken)).ToString() == parameter.ParameterType.ToString();

    /// <summary>Type.Name begins after the last dot, and an explicit implementation's name has dots, and commas that FullName escapes.</summary>
    private static string MetadataName(Type nested) => nested.FullName![(nested.DeclaringType!.FullName!.Length + 1)..].Replace(@"\", "", StringComparison.Ordinal);

    private static string NameOf(ParameterInfo parameter) => $"{parameter.Position}_{parameter.Name}";
}
