using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>One step of building a key.</summary>
internal sealed class KeyPart
{
    private KeyPart(KeyPartKind kind, string? literal, GenericParameter? typeParameter, ParameterDefinition? parameter)
    {
        Kind = kind;
        Literal = literal;
        TypeParameter = typeParameter;
        Parameter = parameter;
    }

    public KeyPartKind Kind { get; }

    public string? Literal { get; }

    public GenericParameter? TypeParameter { get; }

    public ParameterDefinition? Parameter { get; }

    public static KeyPart OfLiteral(string literal) => new(KeyPartKind.Literal, literal, null, null);

    public static KeyPart OfTypeName(GenericParameter parameter) => new(KeyPartKind.TypeName, null, parameter, null);

    public static KeyPart OfArgument(ParameterDefinition parameter) => new(KeyPartKind.Argument, null, null, parameter);

    public static KeyPart OfText(ParameterDefinition parameter) => new(KeyPartKind.Text, null, null, parameter);
}
