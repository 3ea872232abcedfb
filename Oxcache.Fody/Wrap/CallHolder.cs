using Mono.Cecil;

namespace Oxcaching.Fody.Wrap;

/// <summary>The nested struct that holds one call's arguments, and the method's site.</summary>
internal sealed class CallHolder
{
    public CallHolder(TypeDefinition type, TypeReference result)
    {
        Type = type;
        Result = result;
    }

    public TypeDefinition Type { get; }

    /// <summary>What the method's task results in, as the struct sees it.</summary>
    public TypeReference Result { get; }

    public FieldDefinition? Site { get; set; }

    public FieldDefinition? This { get; set; }

    /// <summary>The field of each parameter; null for the cancellation token that the flight replaces.</summary>
    public List<FieldDefinition?> Arguments { get; } = new();
}
