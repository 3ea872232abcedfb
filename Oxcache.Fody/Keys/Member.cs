using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>A field, or the getter of a property, and the type of its value.</summary>
internal sealed class Member
{
    public Member(TypeReference type, FieldReference? field, MethodReference? getter, ICustomAttributeProvider declaration)
    {
        Declaration = declaration;
        Type = type;
        Field = field;
        Getter = getter;
    }

    public TypeReference Type { get; }

    /// <summary>The field or the property, with its attributes.</summary>
    public ICustomAttributeProvider Declaration { get; }

    public FieldReference? Field { get; }

    public MethodReference? Getter { get; }
}
