using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>Names of types in keys and messages, as the runtime writes them: C# keywords, else full names without the assembly.</summary>
internal static class TypeNames
{
    public static string Of(TypeReference type)
    {
        switch (type)
        {
            case GenericParameter parameter:
                return (parameter.Type == GenericParameterType.Method ? "!!" : "!") + parameter.Position;
            case ArrayType array:
                return $"{Of(array.ElementType)}[{new string(',', array.Rank - 1)}]";
            case PointerType pointer:
                return Of(pointer.ElementType) + "*";
            case ByReferenceType reference:
                return Of(reference.ElementType) + "&";
            case FunctionPointerType:
                return "delegate*";
            case IModifierType modified:
                return Of(modified.ElementType);
            case GenericInstanceType instance:
                return Named(instance.ElementType, instance.GenericArguments.Select(Of).ToArray());
            default:
                return Keyword(type.FullName) ?? Named(type, type.GenericParameters.Select(parameter => parameter.Name).ToArray());
        }
    }

    /// <summary>A method as messages show it.</summary>
    public static string Of(MethodReference method) =>
        $"{Of(method.DeclaringType)}.{method.Name}({string.Join(", ", method.Parameters.Select(parameter => Of(parameter.ParameterType)))})";

    /// <summary>The name of a type alone, without the arity that metadata puts after it.</summary>
    public static string Simple(TypeReference type)
    {
        var arity = type.Name.LastIndexOf('`');
        return arity < 0 ? type.Name : type.Name.Substring(0, arity);
    }

    private static string Named(TypeReference type, string[] arguments)
    {
        // A nested type's arguments begin with those of the types around it.
        var prefix = string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".";
        var first = 0;
        if (type.DeclaringType is { } outer)
        {
            first = outer.Resolve()?.GenericParameters.Count ?? outer.GenericParameters.Count;
            prefix = Named(outer, arguments.Take(first).ToArray()) + "+";
        }

        var own = arguments.Skip(first).ToArray();
        return prefix + Simple(type) + (own.Length == 0 ? "" : $"<{string.Join(",", own)}>");
    }

    private static string? Keyword(string fullName)
    {
        switch (fullName)
        {
            case "System.Boolean": return "bool";
            case "System.Byte": return "byte";
            case "System.SByte": return "sbyte";
            case "System.Char": return "char";
            case "System.Decimal": return "decimal";
            case "System.Double": return "double";
            case "System.Single": return "float";
            case "System.Int32": return "int";
            case "System.UInt32": return "uint";
            case "System.IntPtr": return "nint";
            case "System.UIntPtr": return "nuint";
            case "System.Int64": return "long";
            case "System.UInt64": return "ulong";
            case "System.Int16": return "short";
            case "System.UInt16": return "ushort";
            case "System.String": return "string";
            case "System.Object": return "object";
            case "System.Void": return "void";
            default: return null;
        }
    }
}
