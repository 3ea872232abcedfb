using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Oxcaching.Weaving;

/// <summary>Writes a record by its fields, the same that its Equals compares: <c>{City=4'Bonn,Page=2}</c>.</summary>
internal sealed class RecordShape(Type type) : KeyShape
{
    private const string BackingField = ">k__BackingField";
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly (string Name, FieldInfo Field)[] _members = [.. KeyMembers.Of(type).Select(field => (NameOf(field), field))];

    /// <summary>Whether the compiler wrote the type's ToString, as a record's.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "PrintMembers is called by ToString, which every type keeps.")]
    public static bool Fits(Type type) =>
        type.GetMethod("PrintMembers", Own, [typeof(StringBuilder)])?.IsDefined(typeof(CompilerGeneratedAttribute), false) == true
        && type.GetMethod(nameof(ToString), Own, [])?.IsDefined(typeof(CompilerGeneratedAttribute), false) == true;

    public override void Append(scoped ref CacheKeyBuilder key, object value)
    {
        var separator = "{";
        foreach (var (name, field) in _members)
        {
            key.AppendLiteral(separator);
            key.AppendLiteral(name);
            key.AppendLiteral("=");
            key.AppendMember(field.GetValue(value), field.FieldType);
            separator = ",";
        }

        key.AppendLiteral(_members.Length == 0 ? "{}" : "}");
    }

    private static string NameOf(FieldInfo field) => field.Name.EndsWith(BackingField, StringComparison.Ordinal)
        ? field.Name[1..^BackingField.Length]
        : field.Name;
}
