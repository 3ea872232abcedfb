using Mono.Cecil;
using Mono.Cecil.Cil;
using Oxcaching.Fody.Keys;

namespace Oxcaching.Fody.Wrap;

/// <summary>Writes the instructions that build a key.</summary>
internal sealed class KeyEmitter
{
    private readonly ILProcessor _il;
    private readonly MethodDefinition _method;
    private readonly VariableDefinition _key;
    private readonly RuntimeReferences _references;

    public KeyEmitter(ILProcessor il, VariableDefinition key, RuntimeReferences references)
    {
        _il = il;
        _method = il.Body.Method;
        _key = key;
        _references = references;
    }

    public void Emit(List<KeyPart> parts)
    {
        var startsWithLiteral = parts.Count > 0 && parts[0].Kind == KeyPartKind.Literal;
        _il.Emit(OpCodes.Ldloca, _key);
        _il.Emit(OpCodes.Ldstr, startsWithLiteral ? parts[0].Literal : "");
        _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.Constructor));
        foreach (var part in parts.Skip(startsWithLiteral ? 1 : 0))
        {
            _il.Emit(OpCodes.Ldloca, _key);
            EmitAppend(part);
        }
    }

    private void EmitAppend(KeyPart part)
    {
        switch (part.Kind)
        {
            case KeyPartKind.Literal:
                _il.Emit(OpCodes.Ldstr, part.Literal);
                _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.AppendLiteral));
                break;
            case KeyPartKind.TypeName:
                _il.Emit(OpCodes.Call, _references.KeyMethod(KnownNames.AppendTypeName, Own(part.TypeParameter!)));
                break;
            case KeyPartKind.Argument:
                EmitValue(part.Parameter!, KnownNames.Argument);
                break;
            case KeyPartKind.Text:
                EmitValue(part.Parameter!, KnownNames.Text);
                break;
        }
    }

    private void EmitValue(ParameterDefinition parameter, string form)
    {
        _il.Emit(OpCodes.Ldarg, parameter);
        _il.Emit(OpCodes.Call, Append(Signatures.WithoutModifiers(parameter.ParameterType), form));
    }

    private MethodReference Append(TypeReference type, string form)
    {
        switch (KeyFormats.Of(type).Kind)
        {
            case KeyFormatKind.String: return _references.KeyMethod("Append" + form);
            case KeyFormatKind.Value: return _references.KeyMethod("Append" + form, type);
            case KeyFormatKind.Enum: return _references.KeyMethod("AppendEnum" + form, type);
            case KeyFormatKind.Nullable: return _references.KeyMethod("AppendNullable" + form, Underlying(type));
            case KeyFormatKind.NullableEnum: return _references.KeyMethod("AppendNullableEnum" + form, Underlying(type));
            default: throw new InvalidOperationException($"{type.FullName} has no key format, and passed the check that it has one.");
        }
    }

    private static TypeReference Underlying(TypeReference nullable) => ((GenericInstanceType)nullable).GenericArguments[0];

    /// <summary>The key was planned before the method's own parameters moved away with its body.</summary>
    private GenericParameter Own(GenericParameter planned) =>
        (planned.Type == GenericParameterType.Method ? _method.GenericParameters : _method.DeclaringType.GenericParameters)[planned.Position];
}
