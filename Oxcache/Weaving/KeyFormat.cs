using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Oxcaching.Weaving;

/// <summary>Which types have a text that can stand in a key. The weaver judges declared types by the same rules.</summary>
internal static class KeyFormat
{
    /// <summary>Types whose ToString leaves out part of the value, or depends on the culture; types derived from them as well.</summary>
    private static readonly HashSet<string> LossyToString = new(StringComparer.Ordinal)
    {
        "System.Collections.Generic.KeyValuePair`2",
        "System.ComponentModel.Component",
        "System.ComponentModel.MarshalByValueComponent",
        "System.Exception",
        "System.Lazy`1",
        "System.Linq.Expressions.Expression",
        "System.Memory`1",
        "System.Net.Http.HttpRequestMessage",
        "System.Net.Http.HttpResponseMessage",
        "System.ReadOnlyMemory`1",
        "System.Reflection.MemberInfo",
        "System.Reflection.ParameterInfo",
        "System.Security.Claims.Claim",
        "System.Security.Cryptography.X509Certificates.X509Certificate",
        "System.Text.Json.JsonElement",
        "System.Text.Json.Nodes.JsonNode",
        "System.Text.RegularExpressions.Regex",
        "System.TimeZoneInfo",
    };

    /// <summary>The answer for each type that was asked about; it does not keep the types of unloadable contexts alive.</summary>
    private static readonly ConditionalWeakTable<Type, StrongBox<bool>> Judged = [];

    /// <summary>The types whose text ends where a ':' or the key ends, with their format.</summary>
    private static readonly Dictionary<Type, string?> Plain = new()
    {
        [typeof(int)] = null,
        [typeof(long)] = null,
        [typeof(Guid)] = null,
        [typeof(sbyte)] = null,
        [typeof(byte)] = null,
        [typeof(short)] = null,
        [typeof(ushort)] = null,
        [typeof(uint)] = null,
        [typeof(ulong)] = null,
        [typeof(nint)] = null,
        [typeof(nuint)] = null,
        [typeof(Int128)] = null,
        [typeof(UInt128)] = null,
        [typeof(BigInteger)] = null,
        [typeof(Half)] = null,
        [typeof(float)] = null,
        [typeof(double)] = null,
        [typeof(decimal)] = null,
        [typeof(TimeSpan)] = null,
        [typeof(DateTime)] = "O",
        [typeof(DateTimeOffset)] = "O",
        [typeof(DateOnly)] = "O",
        [typeof(TimeOnly)] = "O",
    };

    /// <summary>Whether the text of a type needs no length.</summary>
    public static bool IsPlain(Type type, out string? specifier) => Plain.TryGetValue(type, out specifier);

    /// <summary>Whether a value that is neither formattable nor a key part tells its identity by ToString.</summary>
    public static bool HasTellingToString(object value)
    {
        if (!Judged.TryGetValue(value.GetType(), out var telling))
        {
            telling = new StrongBox<bool>(Judge(value));
            Judged.AddOrUpdate(value.GetType(), telling);
        }

        return telling.Value;
    }

    /// <summary>
    /// Calls ToString in the invariant culture. Two cultures may write two values alike: 1/2/2026 is a day of January or of February.
    /// </summary>
    public static string? InvariantToString(object value)
    {
        var culture = CultureInfo.CurrentCulture;
        if (culture.Equals(CultureInfo.InvariantCulture))
        {
            return value.ToString();
        }

        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return value.ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static bool Judge(object value)
    {
        if (value is IEnumerable or ITuple)
        {
            return false;
        }

        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (LossyToString.Contains($"{type.Namespace}.{type.Name}"))
            {
                return false;
            }
        }

        // The ToString of records and anonymous types is the compiler's, and runs its members together without bounds.
        var toString = new Func<string?>(value.ToString).Method;
        var owner = toString.DeclaringType;
        return owner != typeof(object) && owner != typeof(ValueType)
            && !toString.IsDefined(typeof(CompilerGeneratedAttribute), false)
            && owner?.IsDefined(typeof(CompilerGeneratedAttribute), false) != true;
    }
}
