using Mono.Cecil;

namespace Oxcaching.Fody.Keys;

/// <summary>One step of building a key.</summary>
internal sealed class KeyPart
{
    private static readonly IReadOnlyList<string> None = Array.Empty<string>();

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

    /// <summary>The path from the parameter to the member that is meant; empty for the parameter itself.</summary>
    public IReadOnlyList<string> Members { get; private set; } = None;

    public string? Format { get; private set; }

    public static KeyPart OfLiteral(string literal) => new(KeyPartKind.Literal, literal, null, null);

    public static KeyPart OfTypeName(GenericParameter parameter) => new(KeyPartKind.TypeName, null, parameter, null);

    public static KeyPart OfArgument(ParameterDefinition parameter) => new(KeyPartKind.Argument, null, null, parameter);

    public static KeyPart OfText(ParameterDefinition parameter, IReadOnlyList<string> members, string? format) =>
        new(KeyPartKind.Text, null, null, parameter) { Members = members, Format = format };
}
