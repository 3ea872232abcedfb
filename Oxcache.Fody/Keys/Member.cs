using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>A field, or the getter of a property, and the type of its value.</summary>
internal sealed class Member
{
    public Member(TypeReference type, FieldReference? field, MethodReference? getter)
    {
        Type = type;
        Field = field;
        Getter = getter;
    }

    public TypeReference Type { get; }

    public FieldReference? Field { get; }

    public MethodReference? Getter { get; }
}
