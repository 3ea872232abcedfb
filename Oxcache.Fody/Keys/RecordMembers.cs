using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>The fields that a record consists of, which its Equals compares.</summary>
internal static class RecordMembers
{
    private const string BackingField = ">k__BackingField";

    /// <summary>Name and type of each, with the type arguments of this reference to the record.</summary>
    public static IEnumerable<KeyValuePair<string, TypeReference>> Of(TypeReference reference, TypeDefinition type)
    {
        var arguments = TypeArguments.Of(reference);
        var own = type.Fields.Where(field => !field.IsStatic)
            .Select(field => new KeyValuePair<string, TypeReference>(NameOf(field), arguments.Remap(field.FieldType)));
        return type.BaseType is { } parent && parent.Resolve() is { } definition ? Of(arguments.Remap(parent), definition).Concat(own) : own;
    }

    private static string NameOf(FieldDefinition field) => field.Name.EndsWith(BackingField, StringComparison.Ordinal)
        ? field.Name.Substring(1, field.Name.Length - 1 - BackingField.Length)
        : field.Name;
}
