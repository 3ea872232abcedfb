using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Oxcaching.Weaving;

/// <summary>The fields that a value consists of.</summary>
internal static class KeyMembers
{
    /// <summary>All instance fields, those of base types first, as they are declared.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A field that was trimmed away is one that no code reads or writes.")]
    public static IEnumerable<FieldInfo> Of(Type type)
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var inherited = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? Of(parent) : [];
        return inherited.Concat(type.GetFields(own).OrderBy(field => field.MetadataToken));
    }
}
