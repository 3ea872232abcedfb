using System.Runtime.CompilerServices;
using System.Text;

namespace Oxcaching.Weaving;

/// <summary>Names of types in keys: C# keywords, else full names without the assembly; nested types with '+'.</summary>
internal static class KeyTypeName
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
    };

    private static readonly ConditionalWeakTable<Type, string> Names = [];

    public static string Of(Type type) => Keywords.TryGetValue(type, out var keyword) ? keyword : Names.GetValue(type, Make);

    private static string Make(Type type)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter || type.IsPointer || type.IsFunctionPointer)
        {
            return type.ToString();
        }

        var text = new StringBuilder();
        AppendNamed(text, type, type.GetGenericArguments());
        return text.ToString();
    }

    private static void AppendNamed(StringBuilder text, Type type, Type[] arguments)
    {
        // A nested type's arguments begin with those of the types around it.
        var outer = type.DeclaringType;
        var first = 0;
        if (outer is not null)
        {
            first = outer.GetGenericArguments().Length;
            AppendNamed(text, outer, arguments[..first]);
            text.Append('+');
        }
        else if (!string.IsNullOrEmpty(type.Namespace))
        {
            text.Append(type.Namespace).Append('.');
        }

        var arity = type.Name.LastIndexOf('`');
        text.Append(arity < 0 ? type.Name : type.Name[..arity]);
        if (arguments.Length > first)
        {
            text.Append('<').AppendJoin(',', arguments.Skip(first).Select(Of)).Append('>');
        }
    }
}
